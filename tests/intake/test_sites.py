"""Organizations: the sender's own lies in its site, every other is a site of its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from reports.intake.spool import Spool
from reports.intake.tables import Token
from reports.store.tables import Node
from tests.intake.reports import a_chef_start, an_envelope

pytestmark = pytest.mark.django_db


def sites(spool: Spool, drain: Callable[[], None], *organizations: str, token: Token) -> set[str]:
    """The sites that nodes are in after reports of these organizations."""
    for organization in organizations:
        envelope = an_envelope(door="chef", token_id=token.pk, site=token.site, organization=token.organization)
        spool.put(envelope, a_chef_start(str(uuid4()), organization=organization), unfolded=1)
    drain()
    return set(Node.objects.values_list("site", flat=True))


def test_an_organization_that_is_not_the_senders_own_is_a_site(spool: Spool, drain: Callable[[], None]) -> None:
    token = Token.objects.create(name="chef", scope="send", digest="d", site="prod", organization="acme")
    assert sites(spool, drain, "acme", "labs", token=token) == {"prod", "labs"}


def test_the_first_organization_is_the_senders_own_and_stays_so(spool: Spool, drain: Callable[[], None]) -> None:
    token = Token.objects.create(name="chef", scope="send", digest="d")
    assert sites(spool, drain, "acme", token=token) == {"main"}
    token.refresh_from_db()
    assert token.organization == "acme"
    token.organization = None  # as an envelope from before it was known
    assert sites(spool, drain, "labs", token=token) == {"main", "labs"}


def test_a_second_token_of_a_sender_has_the_same_own_organization(spool: Spool, drain: Callable[[], None]) -> None:
    Token.objects.create(name="chef", scope="send", digest="d", organization="acme")
    token = Token.objects.create(name="chef", scope="send", digest="e")
    assert sites(spool, drain, "labs", token=token) == {"labs"}
    token.refresh_from_db()
    assert token.organization == "acme"
