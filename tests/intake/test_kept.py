"""The bytes of understood reports: what is kept, without which secrets, for how long, and read again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from reports.intake.envelope import unpacked
from reports.intake.kept import prune_kept
from reports.intake.packing import unfold
from reports.intake.spool import Spool
from reports.intake.tables import IntakeDay
from reports.store.tables import Run
from tests.intake.reports import a_run, an_envelope, jid

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


def kept(spool: Spool) -> list[Path]:
    """All files that are kept."""
    return sorted((spool.folder.parent / "kept").glob("*/*/*"))


def failing(number: int) -> bytes:
    """A run that failed, and says a password."""
    body = a_run(jid(number)).replace(b'"result": true', b'"result": false')
    return body.replace(b'"comment": ""', b'"comment": "password=hunter2 is wrong"')


def test_unchanged_and_eventful_reports_are_kept_apart_and_as_sent(spool: Spool, drain: Drain) -> None:
    envelope = an_envelope()
    spool.put(envelope, a_run(jid(1)), unfolded=1)
    spool.put(an_envelope(), failing(2), unfolded=1)
    drain()
    eventful, unchanged = kept(spool)
    assert (eventful.parent.name, unchanged.parent.name) == ("eventful", "unchanged")
    assert unpacked(unchanged.read_bytes()) == (envelope, a_run(jid(1)))


def test_copies_and_what_tells_of_no_run_are_not_kept(spool: Spool, drain: Drain) -> None:
    for body in (a_run(), a_run(), b'{"local": {"jid": "1", "id": "web01", "fun": "test.ping", "return": true}}'):
        spool.put(an_envelope(), body, unfolded=1)
    drain()
    assert len(kept(spool)) == 1


def test_a_class_that_is_kept_no_day_is_not_kept(spool: Spool, drain: Drain, settings: Settings) -> None:
    settings.FLEETVIEW_KEEP_UNCHANGED_DAYS = 0
    spool.put(an_envelope(), a_run(), unfolded=1)
    drain()
    assert kept(spool) == []
    assert Run.objects.count() == 1


def test_secrets_are_kept_neither_in_files_nor_in_the_database(spool: Spool, drain: Drain, settings: Settings) -> None:
    settings.FLEETVIEW_REDACT = [re.compile(r"password=(\S+)")]
    spool.put(an_envelope(), failing(1), unfolded=1)
    drain()
    (file,) = kept(spool)
    envelope, packed = unpacked(file.read_bytes())
    body = unfold(packed, envelope.encoding, 1 << 20)
    assert body == failing(1).replace(b"hunter2", b"[redacted]")
    assert file.stat().st_mode & 0o777 == 0o600


def test_days_are_dropped_when_their_time_is_over(spool: Spool, drain: Drain) -> None:
    for body in (a_run(jid(1)), failing(2)):
        spool.put(an_envelope(), body, unfolded=1)
    drain()
    now = datetime.now(UTC)
    assert prune_kept(now + timedelta(days=2)) == 0
    assert prune_kept(now + timedelta(days=3)) == 1
    assert [file.parent.name for file in kept(spool)] == ["eventful"]


def test_what_is_read_again_takes_the_place_of_the_first_reading(spool: Spool, drain: Drain) -> None:
    """As after an upgrade whose reader understands more: here the stored row stands for the poorer reading."""
    spool.put(an_envelope(), failing(1), unfolded=1)
    drain()
    Run.objects.update(failed=None, environment="misread")
    call_command("replay", "--kept", "--since", datetime.now(UTC).date().isoformat(), stdout=StringIO())
    drain()
    run = Run.objects.get()
    assert (run.failed, run.environment) == (1, None)
    assert len(kept(spool)) == 1
    assert spool.everything() == []


def test_kept_reports_are_read_again_and_double_nothing(spool: Spool, drain: Drain) -> None:
    for number in range(3):
        spool.put(an_envelope(), a_run(jid(number)), unfolded=1)
    drain()
    out = StringIO()
    call_command("replay", "--kept", "--since", datetime.now(UTC).date().isoformat(), stdout=out)
    drain()
    assert out.getvalue().startswith("3 back")
    assert Run.objects.count() == 3
    assert (IntakeDay.objects.get().stored, IntakeDay.objects.get().duplicates) == (3, 0)
    assert len(kept(spool)) == 3
