"""An operator has a refused report read again on the page, and is told what came of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.intake.refused import count_refused, list_refused
from reports.intake.spool import Spool
from reports.people.roles import Role
from reports.people.tables import AuditEntry, Group, Person
from reports.store.tables import Run
from tests.intake.reports import a_run, an_envelope

Drain = Callable[[], None]
BROKEN = b'{"local": {"jid": '


@pytest.fixture
def operator(db: None) -> Client:
    client = Client()
    user = User.objects.create_user("grace")
    Person.objects.create(user=user, role=Role.OPERATOR)
    client.force_login(user)
    return client


@pytest.fixture
def address(spool: Spool, drain: Drain, db: None) -> str:
    """Where a refused report is read again."""
    spool.put(an_envelope(sender="<b>fleet</b>"), BROKEN, unfolded=1)
    drain()
    return f"/intake/refused/{list_refused()[0].id}/again/"


def became(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_report_that_is_understood_now_is_stored_and_the_page_says_so(
    operator: Client, address: str, spool: Spool, drain: Drain
) -> None:
    """As after an upgrade that reads it: here the bytes are mended instead."""
    assert f'action="{address}"' in operator.get("/intake/").content.decode()
    file = spool.folder.parent / "refused" / str(list_refused()[0].id)
    file.write_bytes(file.read_bytes().replace(BROKEN, a_run()))
    assert operator.post(address)["Location"] == address
    assert "It waits to be read." in became(operator, address)
    drain()
    assert "It was read." in became(operator, address)
    assert (Run.objects.count(), count_refused()) == (1, 0)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.detail["sender"]) == ("refused.replayed", "grace", "<b>fleet</b>")


def test_a_report_that_is_still_broken_is_refused_again_with_its_reason(
    operator: Client, address: str, drain: Drain
) -> None:
    operator.post(address)
    drain()
    page = became(operator, address)
    assert "It is refused" in page
    assert "Read it once more" in page
    assert count_refused() == 1


def test_a_report_that_is_not_here_moves_nothing_and_is_not_recorded(operator: Client, address: str) -> None:
    assert operator.post(f"/intake/refused/{uuid4()}/again/").status_code == 404
    assert not AuditEntry.objects.exists()
    assert count_refused() == 1


def test_it_takes_an_operator_who_sees_the_whole_fleet(operator: Client, address: str) -> None:
    viewer = Client()
    viewer.force_login(User.objects.create_user("ada"))
    for ask in (viewer.get, viewer.post):
        assert ask(address).status_code == 403
    assert f'action="{address}"' not in viewer.get("/intake/").content.decode()
    Group.objects.create(name="lab", environments=["lab"]).members.add(User.objects.get(username="grace"))
    for ask in (operator.get, operator.post):
        assert ask(address).status_code == 403
    assert count_refused() == 1


def test_who_downloads_a_refused_report_is_recorded(operator: Client, address: str) -> None:
    assert operator.get(address.removesuffix("again/")).content == BROKEN
    assert AuditEntry.objects.get().act == "refused.downloaded"
