"""The demo's login."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from reports.demo.login import NAME, renew_login


@pytest.mark.django_db
def test_the_login_works_and_is_renewed_each_time() -> None:
    first = renew_login()
    assert authenticate(username=NAME, password=first) is not None
    second = renew_login()
    assert authenticate(username=NAME, password=first) is None
    assert authenticate(username=NAME, password=second) is not None
