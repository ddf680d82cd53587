"""Runs of each day or hour as bars, stacked by how they ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from reports.analysis.runs_over_time import RunsOverTime, Step
from reports.charts.figure import Figure, Strip, bars, lay_out
from reports.run import Outcome

_HOURS: Final[dict[str, Any]] = {
    "tickformat": "%H:%M",  # the day is told by what is shown over a bar; a second line would lie on the legend
    "hoverformat": "%A %d %B, from %H:%M UTC",
    "nticks": 7,
    "tickangle": 0,
}


def draw_runs(runs: RunsOverTime, link_to: Callable[[datetime, Outcome], str]) -> Figure:
    """One bar a step; a click follows `link_to`. The worst stands at the bottom, where heights compare best.

    Unchanged runs have a strip of their own: they are nearly all of them, and beside them no failure would be seen.
    """
    eventful = [outcome for outcome in sorted(Outcome, reverse=True) if outcome is not Outcome.UNCHANGED]
    seen = [outcome for outcome in eventful if any(dict(step.by_outcome)[outcome] for step in runs.steps)]
    unchanged = _series(runs, Outcome.UNCHANGED, link_to)
    figure = lay_out(
        [_series(runs, outcome, link_to) for outcome in seen], unit="eventful runs", strip=Strip(unchanged, "unchanged")
    )
    if runs.step is Step.HOUR:
        figure["layout"]["xaxis"] |= _HOURS
    return figure


def _series(runs: RunsOverTime, outcome: Outcome, link_to: Callable[[datetime, Outcome], str]) -> Figure:
    heights = [dict(step.by_outcome)[outcome] for step in runs.steps]
    return bars(
        name=outcome.name.lower(),
        starts=[_written(step.start, runs.step) for step in runs.steps],
        heights=heights,
        links=[
            link_to(step.start, outcome) if height else "" for step, height in zip(runs.steps, heights, strict=True)
        ],
    )


def _written(start: datetime, step: Step) -> str:
    """Without a zone: plotly would leave it out anyway, and the page says that it is UTC."""
    return f"{start:%Y-%m-%d}" if step is Step.DAY else f"{start:%Y-%m-%d %H:%M}"
