"""Runs of each day as bars, stacked by how they ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from reports.analysis.runs_per_day import RunsOfDay
from reports.charts.figure import Figure, Strip, bars, lay_out
from reports.run import Outcome


def draw_runs_per_day(days: Sequence[RunsOfDay], link_to: Callable[[date, Outcome], str]) -> Figure:
    """One bar a day; a click follows `link_to`. The worst stands at the bottom, where heights compare best.

    Unchanged runs have a strip of their own: they are nearly all of them, and beside them no failure would be seen.
    """
    eventful = [outcome for outcome in sorted(Outcome, reverse=True) if outcome is not Outcome.UNCHANGED]
    seen = [outcome for outcome in eventful if any(dict(day.by_outcome)[outcome] for day in days)]
    unchanged = _series(days, Outcome.UNCHANGED, link_to)
    return lay_out(
        [_series(days, outcome, link_to) for outcome in seen], unit="eventful runs", strip=Strip(unchanged, "unchanged")
    )


def _series(days: Sequence[RunsOfDay], outcome: Outcome, link_to: Callable[[date, Outcome], str]) -> Figure:
    return bars(
        name=outcome.name.lower(),
        days=[day.day for day in days],
        heights=[dict(day.by_outcome)[outcome] for day in days],
        links=[link_to(day.day, outcome) for day in days],
    )
