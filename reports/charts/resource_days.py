"""Corrections of one resource, day by day, stacked by environment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from reports.analysis.resource import ResourceDayLine
from reports.charts.figure import Figure, bars, lay_out

HUES: Final = 6  # colours that static/css/resource.css has; the environments beyond share the last one
LEGEND: Final = 40  # characters
OTHERS: Final = "other environments"
NO_ENVIRONMENT: Final = "no environment told"


def draw_resource_days(
    lines: Sequence[ResourceDayLine], link_to: Callable[[date, str], str], *, until: date, days: int
) -> Figure:
    """Corrections of each of the last `days` days; the environment with most of them at the bottom.

    A click on a bar follows `link_to` of the day and the environment, which is empty where that is not one alone.
    """
    span = [until - timedelta(days=back) for back in range(days - 1, -1, -1)]
    traces = [
        bars(
            name=f"series-{place}",
            starts=[day.isoformat() for day in span],
            heights=[counts[day] for day in span],
            links=[link_to(day, environment) if counts[day] else "" for day in span],
        )
        | {"name": _short(name)}
        for place, (name, environment, counts) in enumerate(_series(lines), start=1)
    ]
    return lay_out(traces, unit="corrections")


def _series(lines: Sequence[ResourceDayLine]) -> list[tuple[str, str, Counter[date]]]:
    """Name, environment and corrections by day; the environments beyond the number of colours are taken together."""
    totals: Counter[str] = Counter()
    for line in lines:
        totals[line.environment] += line.corrections
    ranked = [environment for environment, count in totals.most_common() if count]
    own = ranked if len(ranked) <= HUES else ranked[: HUES - 1]
    series = [(environment or NO_ENVIRONMENT, environment, _by_day(lines, [environment])) for environment in own]
    rest = ranked[len(own) :]
    return [*series, (OTHERS, "", _by_day(lines, rest))] if rest else series


def _by_day(lines: Sequence[ResourceDayLine], environments: Sequence[str]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for line in lines:
        if line.environment in environments:
            counts[line.day] += line.corrections
    return counts


def _short(name: str) -> str:
    """A name that the legend has room for."""
    return name if len(name) <= LEGEND else f"{name[:LEGEND]}…"
