"""What all figures share: plotly's own JSON, drawn by static/js/chart.js, which also gives each series its colour.

Plain dictionaries: importing the plotly package costs each worker a quarter of a second and 30 MB, and gives the same
JSON. The tests hand every figure to that package, which refuses what plotly would not understand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Strip:
    """A second, lower drawing on the same days, for a series so large that it would flatten all others."""

    trace: Figure
    unit: str


def bars(*, name: str, starts: Sequence[str], heights: Sequence[int], links: Sequence[str] | None = None) -> Figure:
    """One series of bars over days or hours. `name` is a status, from which the page knows the colour."""
    trace: Figure = {
        "type": "bar",
        "name": name.replace("_", " "),
        "meta": name,
        "x": list(starts),
        "y": list(heights),
        "hovertemplate": "%{y:,} %{fullData.name}<extra></extra>",
    }
    return trace if links is None else trace | {"customdata": list(links)}


def lay_out(traces: Sequence[Figure], *, unit: str, strip: Strip | None = None) -> Figure:
    """Series stacked over time, above the strip if there is one, and a frame that keeps out of the way."""
    axis = {"fixedrange": True, "rangemode": "tozero", "tickformat": ",d", "nticks": 5, "automargin": True}
    layout: Figure = _frame() | {"yaxis": axis | {"title": {"text": unit}}}
    if strip is None:
        return {"data": list(traces), "layout": layout}
    layout["yaxis"]["domain"] = [0.36, 1]
    layout["yaxis2"] = axis | {"title": {"text": strip.unit}, "domain": [0, 0.26], "nticks": 3, "tickformat": "~s"}
    layout["xaxis"]["anchor"] = "y2"
    return {"data": [*traces, strip.trace | {"yaxis": "y2"}], "layout": layout}


def _frame() -> Figure:
    return {
        "barmode": "stack",
        "bargap": 0.25,
        "height": 280,
        "margin": {"l": 60, "r": 8, "t": 8, "b": 36},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "y": -0.16, "traceorder": "normal"},
        "showlegend": True,
        "xaxis": {"type": "date", "tickformat": "%d %b", "fixedrange": True, "hoverformat": "%A %d %B %Y"},
    }
