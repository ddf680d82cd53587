"""Corrections of one resource, day by day, stacked by environment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from reports.analysis.resource import ResourceDayLine
from reports.charts.figure import Figure, bars, lay_out

HUES: Final = 6  # colours that static/css/resource.css has; the environments beyond share the last one
LEGEND: Final = 40  # characters
OTHERS: Final = "other environments"
NO_ENVIRONMENT: Final = "no environment told"


def draw_resource_days(lines: Sequence[ResourceDayLine], *, until: date, days: int) -> Figure:
    """Corrections of each of the last `days` days; the environment with most of them at the bottom."""
    span = [until - timedelta(days=back) for back in range(days - 1, -1, -1)]
    traces = [
        bars(name=f"series-{place}", days=span, heights=[counts[day] for day in span]) | {"name": _short(name)}
        for place, (name, counts) in enumerate(_series(lines), start=1)
    ]
    return lay_out(traces, unit="corrections")


def _series(lines: Sequence[ResourceDayLine]) -> list[tuple[str, Counter[date]]]:
    """Corrections by day for each environment, those beyond the number of colours taken together."""
    totals: Counter[str] = Counter()
    for line in lines:
        totals[line.environment] += line.corrections
    ranked = [environment for environment, _ in totals.most_common() if totals[environment]]
    own = ranked if len(ranked) <= HUES else ranked[: HUES - 1]
    series: dict[str, Counter[date]] = {environment or NO_ENVIRONMENT: Counter() for environment in own}
    for line in lines:
        if line.corrections:
            name = (line.environment or NO_ENVIRONMENT) if line.environment in own else OTHERS
            series.setdefault(name, Counter())[line.day] += line.corrections
    return list(series.items())


def _short(name: str) -> str:
    """A name that the legend has room for."""
    return name if len(name) <= LEGEND else f"{name[:LEGEND]}…"
