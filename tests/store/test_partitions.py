"""Weeks: made on demand and ahead, dropped when their time is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from reports.store.arrived import Fate
from reports.store.partitions import PARTITIONED, drop_partitions_before, make_partitions_ahead
from reports.store.retention import oldest_whole_day, prune_facts
from reports.store.tables import Change, DeclaredSet, ResourceSet, Run
from reports.store.weeks import Week, week_named, week_of
from tests.store.telling import NOW, save, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
TICK = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        (MONDAY - TICK, Week(2026, 47)),
        (MONDAY, Week(2026, 48)),
        (datetime(2027, 1, 3, 23, 59, tzinfo=UTC), Week(2026, 53)),
        (datetime(2024, 12, 30, tzinfo=UTC), Week(2025, 1)),
        (datetime(1, 1, 1, tzinfo=UTC), Week(1, 1)),
    ],
)
def test_a_week_begins_on_monday_midnight_utc(moment: datetime, week: Week) -> None:
    assert week_of(moment) == week
    assert week.begins_at <= moment < week.ends_at
    assert week_named(f"run_{week.suffix}") == week


def test_a_table_of_no_week_has_none() -> None:
    assert week_named("run_detail") is None


def test_runs_on_either_side_of_midnight_lie_in_their_own_weeks() -> None:
    save(tell_run("before", at=MONDAY - TICK), tell_run("after", at=MONDAY))
    assert _rows("run_2026w47") == _rows("run_2026w48") == 1
    assert Run.objects.count() == 2


def test_partitions_are_made_for_every_table_this_week_and_ahead() -> None:
    make_partitions_ahead(datetime(2031, 1, 1, tzinfo=UTC), weeks=3)
    made = {f"{table}_2031w{week:02}" for table in PARTITIONED for week in range(1, 5)}
    assert {name: _rows(name) for name in made} == dict.fromkeys(made, 0)
    make_partitions_ahead(datetime(2031, 1, 1, tzinfo=UTC), weeks=3)  # again is no harm


def test_only_weeks_wholly_before_the_cutoff_are_dropped() -> None:
    save(tell_corrected("old", at=MONDAY - timedelta(days=8)), tell_corrected("new", at=MONDAY - TICK))
    dropped = drop_partitions_before(MONDAY - TICK)
    assert "run_2026w46" in dropped
    assert "change_2026w46" in dropped
    assert not {name for name in dropped if name.endswith("w47")}
    assert (Run.objects.count(), Change.objects.count()) == (1, 1)


def test_a_week_that_was_dropped_is_made_again_on_demand() -> None:
    save(tell_run("one"))
    drop_partitions_before(NOW + timedelta(weeks=2))
    assert save(tell_run("two")).runs == (Fate.NEW,)
    assert Run.objects.count() == 1


def test_what_is_welcome_is_never_pruned_at_the_same_moment() -> None:
    oldest = NOW - timedelta(days=90)
    assert save(tell_run("oldest", at=oldest)).runs == (Fate.NEW,)
    prune_facts(NOW)
    assert Run.objects.count() == 1
    assert oldest_whole_day(NOW) < oldest.date()


def test_sets_that_no_run_pointed_to_for_long_are_pruned() -> None:
    save(tell_run())
    long_ago = NOW.date() - timedelta(days=120)
    ResourceSet.objects.create(id=1, used_on=long_ago, resource_ids=[1])
    DeclaredSet.objects.create(id=1, used_on=long_ago, declared_ids=[1])
    pruned = prune_facts(NOW)
    assert (pruned.resource_sets, pruned.declared_sets) == (1, 1)
    assert (ResourceSet.objects.count(), DeclaredSet.objects.count()) == (1, 0)


def _rows(partition: str) -> int | None:
    """How many rows the partition holds; None: there is no such table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [partition])
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute(f"SELECT count(*) FROM {partition}")  # noqa: S608 - a name of ours
        count: int = cursor.fetchone()[0]
    return count
