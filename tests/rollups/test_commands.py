"""`manage.py prune` and `manage.py recount`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from reports.rollups.tables import NodeDay
from reports.store.tables import Run, StaleDay
from tests.store.telling import save, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def test_recount_counts_what_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    save(tell_run(at=NOW), now=NOW)
    call_command("recount")
    assert capsys.readouterr().out == "Days of nodes counted: 1; hours of the fleet: 1\n"
    assert (NodeDay.objects.count(), StaleDay.objects.count()) == (1, 0)


def test_recount_mends_days_that_were_lost() -> None:
    save(tell_corrected("a", at=NOW - 3 * DAY), tell_corrected("b", at=NOW - DAY), now=NOW)
    call_command("recount")
    NodeDay.objects.all().delete()
    since = (NOW - 3 * DAY).date()
    call_command("recount", since=since, until=since)
    assert list(NodeDay.objects.values_list("day", flat=True)) == [since]
    call_command("recount", since=since)
    assert NodeDay.objects.count() == 2


def test_recount_until_a_day_needs_one_to_begin_with() -> None:
    with pytest.raises(CommandError, match="--since"):
        call_command("recount", until=NOW.date())


def test_prune_says_what_it_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    old = NOW - 120 * DAY
    save(tell_run("old", at=old), now=old)
    save(tell_run("new", at=NOW), now=NOW)
    call_command("prune")
    assert f"run_{old.year}" in capsys.readouterr().out
    assert Run.objects.count() == 1
