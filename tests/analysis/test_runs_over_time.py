"""Runs of each day or hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reports.analysis.runs_over_time import Step, count_runs
from reports.rollups.tables import FleetHour
from reports.run import Outcome
from tests.analysis.conftest import NOW

pytestmark = pytest.mark.django_db


def make_hour(hour: datetime, outcome: Outcome, runs: int, *, environment: str = "production") -> None:
    FleetHour.objects.create(
        hour=hour, site="main", environment=environment, tool="one", outcome=outcome, runs=runs, duration_seconds=1.0
    )


def test_hours_environments_and_tools_add_up_to_utc_days() -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    make_hour(midnight, Outcome.FAILED, 1)
    make_hour(midnight, Outcome.FAILED, 2, environment="")
    make_hour(midnight + timedelta(hours=11), Outcome.UNCHANGED, 40)
    make_hour(midnight - timedelta(hours=1), Outcome.CHANGED, 5)
    make_hour(midnight - timedelta(days=2, hours=1), Outcome.FAILED, 99)
    yesterday, today = count_runs(NOW, Step.DAY, steps=2).steps
    assert (yesterday.start.date(), today.start.date()) == (date(2026, 11, 22), date(2026, 11, 23))
    assert {outcome: runs for outcome, runs in today.by_outcome if runs} == {Outcome.FAILED: 3, Outcome.UNCHANGED: 40}
    assert yesterday.total == 5


def test_a_day_without_runs_is_there_with_noughts_worst_first() -> None:
    days = count_runs(NOW, Step.DAY, steps=28).steps
    assert len(days) == 28
    assert {day.total for day in days} == {0}
    assert [outcome for outcome, _ in days[0].by_outcome] == sorted(Outcome, reverse=True)


def test_hours_are_told_each_for_itself_and_the_last_whole_one_whatever_the_step() -> None:
    hour = NOW.replace(minute=0, second=0, microsecond=0)
    make_hour(hour, Outcome.FAILED, 1)
    make_hour(hour - timedelta(hours=1), Outcome.CHANGED, 4)
    make_hour(hour - timedelta(hours=1), Outcome.UNCHANGED, 56)
    make_hour(hour - timedelta(hours=2), Outcome.UNCHANGED, 7)
    before, last, present = count_runs(NOW, Step.HOUR, steps=3).steps
    assert [step.total for step in (before, last, present)] == [7, 60, 1]
    assert present.start == hour
    assert {count_runs(NOW, step, steps=1).last_hour for step in Step} == {60}


def test_the_zone_of_who_looks_moves_no_day() -> None:
    make_hour(datetime(2026, 11, 23, 1, tzinfo=UTC), Outcome.FAILED, 1)
    with timezone.override(ZoneInfo("Pacific/Kiritimati")):
        (today,) = count_runs(NOW, Step.DAY, steps=1).steps
    assert today.total == 1
