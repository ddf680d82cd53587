"""The files of our own TLS."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fleetview.tls import insist_usable
from tests.intake.certificates import Authority, make_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tls") / "ca")


def test_files_that_go_together_are_taken(authority: Authority) -> None:
    certificate, key = authority.sign("fleetview")
    insist_usable(certificate, key, authority.certificate)
    insist_usable(certificate, key, None)


def test_a_file_that_is_missing_or_none_of_the_kind_is_named_with_the_reason(authority: Authority) -> None:
    certificate, key = authority.sign("fleetview")
    other_key = authority.sign("other")[1]
    missing = Path("/nowhere/ca.pem")
    with pytest.raises(ImproperlyConfigured, match=r"FLEETVIEW_TLS_CERTIFICATE=/nowhere/ca.pem .*No such file"):
        insist_usable(missing, key, None)
    with pytest.raises(ImproperlyConfigured, match=r"FLEETVIEW_TLS_KEY=\S+other.key.*(?i:mismatch)"):
        insist_usable(certificate, other_key, None)
    with pytest.raises(ImproperlyConfigured, match=r"FLEETVIEW_TLS_CLIENT_CA=/nowhere/ca.pem.*No such file"):
        insist_usable(certificate, key, missing)
    with pytest.raises(ImproperlyConfigured, match="FLEETVIEW_TLS_CLIENT_CA"):
        insist_usable(certificate, key, key)
