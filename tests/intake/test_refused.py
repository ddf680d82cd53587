"""Refused reports: listed, given out, replayed, forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from reports.errors import NothingFound
from reports.intake.refused import count_refused, find_refused, list_refused, prune_refused, refused_bytes
from reports.intake.spool import Spool
from reports.intake.tables import Refused
from reports.store.tables import Run
from tests.intake.reports import a_run, an_envelope

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]
BROKEN = b'{"local": {"password": "hunter2", "jid": '


@pytest.fixture
def refused_id(spool: Spool, drain: Drain) -> str:
    """A report that was refused."""
    spool.put(an_envelope(), BROKEN, unfolded=1)
    drain()
    return str(list_refused()[0].id)


def test_a_refused_report_is_listed_with_its_bytes(refused_id: str) -> None:
    (shown,) = list_refused()
    assert shown.is_here
    assert shown.reason
    assert find_refused(shown.id) == shown
    assert refused_bytes(shown.id) == BROKEN
    assert count_refused() == 1


def test_the_bytes_are_given_out_without_what_the_operator_calls_secret(refused_id: str, settings: Settings) -> None:
    settings.FLEETVIEW_REDACT = [re.compile(r'"password": "([^"]*)"')]
    assert refused_bytes(list_refused()[0].id) == BROKEN.replace(b"hunter2", b"[redacted]")


def test_what_is_not_there_is_not_found(refused_id: str) -> None:
    for ask in (find_refused, refused_bytes):
        with pytest.raises(NothingFound):
            ask(uuid4())


def test_a_replayed_report_is_read_again(refused_id: str, spool: Spool, drain: Drain, settings: Settings) -> None:
    """As after an upgrade that reads it: here the bytes are mended instead."""
    file = spool.folder.parent / "refused" / refused_id
    file.write_bytes(file.read_bytes().replace(BROKEN, a_run()))
    out = StringIO()
    call_command("replay", refused_id, stdout=out)
    assert out.getvalue().startswith("1 back")
    assert count_refused() == 0
    drain()
    assert Run.objects.count() == 1
    assert list((spool.folder.parent / "refused").iterdir()) == []


def test_a_replayed_report_that_is_still_broken_is_refused_again(refused_id: str, drain: Drain) -> None:
    call_command("replay", "--all", stdout=StringIO())
    drain()
    assert [str(one.id) for one in list_refused()] == [refused_id]


@pytest.mark.parametrize("arguments", [[], ["--all", "--kept"], ["--kept"], ["--all", "--since", "2026-01-01"]])
def test_replay_wants_to_know_what(arguments: list[str], spool: Spool) -> None:
    with pytest.raises(CommandError, match="say which"):
        call_command("replay", *arguments)


def test_a_report_that_is_not_refused_cannot_be_replayed(refused_id: str) -> None:
    with pytest.raises(CommandError, match="not refused"):
        call_command("replay", str(uuid4()))
    assert count_refused() == 1


def test_refused_reports_are_forgotten_after_a_time(refused_id: str, settings: Settings) -> None:
    now = datetime.now(UTC)
    assert prune_refused(now + timedelta(days=settings.FLEETVIEW_KEEP_EVENTFUL_DAYS - 1)) == 0
    assert prune_refused(now + timedelta(days=settings.FLEETVIEW_KEEP_EVENTFUL_DAYS + 1)) == 1
    assert Refused.objects.count() == 0


def test_the_newest_are_shown_first_and_page_by_page(spool: Spool, drain: Drain) -> None:
    for _ in range(5):
        spool.put(an_envelope(), BROKEN, unfolded=1)
    drain()
    first = list_refused(limit=3)
    rest = list_refused(limit=3, before=first[-1].received_at)
    moments = [one.received_at for one in first + rest]
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == 5
