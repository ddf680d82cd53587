"""Runs of each day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reports.analysis.runs_per_day import count_runs_per_day
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
    yesterday, today = count_runs_per_day(NOW, days=2)
    assert (yesterday.day, today.day) == (date(2026, 11, 22), date(2026, 11, 23))
    assert {outcome: runs for outcome, runs in today.by_outcome if runs} == {Outcome.FAILED: 3, Outcome.UNCHANGED: 40}
    assert yesterday.total == 5


def test_a_day_without_runs_is_there_with_noughts_worst_first() -> None:
    days = count_runs_per_day(NOW, days=28)
    assert len(days) == 28
    assert {day.total for day in days} == {0}
    assert [outcome for outcome, _ in days[0].by_outcome] == sorted(Outcome, reverse=True)
