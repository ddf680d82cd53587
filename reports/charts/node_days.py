"""What changed on one node, day by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from reports.analysis.node import NodeDayLine
from reports.charts.figure import Figure, bars, lay_out

SERIES: dict[str, Callable[[NodeDayLine], int]] = {
    "failed": lambda line: line.failures,
    "corrected": lambda line: line.corrections,
    "changed": lambda line: line.changes - line.corrections,
}


def draw_node_days(lines: Sequence[NodeDayLine], *, until: date, days: int) -> Figure:
    """Corrections, other changes and failures of each of the last `days` days, stacked."""
    span = [until - timedelta(days=back) for back in range(days - 1, -1, -1)]
    by_day = {line.day: line for line in lines}
    traces = [
        bars(
            name=name,
            starts=[day.isoformat() for day in span],
            heights=[count(by_day[day]) if day in by_day else 0 for day in span],
        )
        for name, count in SERIES.items()
    ]
    return lay_out(traces, unit="changes")
