"""How did the runs of a window end, and what did they change in each slice of it and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import Span
from reports.run import Outcome
from reports.sql import load

COUNT_INCIDENT_RUNS = load(__file__, "count_incident_runs")
MOST_SLICES: Final = 60
# Lengths that people reckon in, in minutes.
_LENGTHS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440)


@dataclass(frozen=True, slots=True)
class Slice:
    """What the runs did that began in one slice of the window: changes by cause, and resources that failed."""

    since: datetime
    until: datetime
    runs: int = 0
    corrective: int = 0
    intended: int = 0
    other: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.corrective + self.intended + self.other + self.failed


@dataclass(frozen=True, slots=True)
class IncidentRuns:
    """The ended runs of the window by how they ended, and the nodes that ran, and those on which something was changed,
    was corrected, or on which a run failed."""

    slices: tuple[Slice, ...]
    outcomes: tuple[tuple[Outcome, int], ...]  # those that occur, worst first
    runs: int
    nodes: int
    changed_nodes: int
    corrected_nodes: int
    failed_nodes: int


def count_incident_runs(span: Span) -> IncidentRuns:
    """One statement, that reads the runs of the window."""
    slices = cut_in_slices(span.since, span.until)
    asked = {**span.asked, "slices": [piece.since for piece in slices]}
    rows = fetch(COUNT_INCIDENT_RUNS, asked)
    counted = {number: numbers for kind, number, *numbers in rows if kind == "slice"}
    outcomes = {Outcome(number): runs for kind, number, runs, *_ in rows if kind == "outcome"}
    ((nodes, runs, changed, corrected, _, failed),) = (rest for kind, *rest in rows if kind == "nodes")
    return IncidentRuns(
        slices=tuple(
            Slice(piece.since, piece.until, *map(int, counted.get(place, (0,) * 5)))
            for place, piece in enumerate(slices, start=1)
        ),
        outcomes=tuple(sorted(outcomes.items(), reverse=True)),
        runs=int(runs),
        nodes=int(nodes),
        changed_nodes=int(changed),
        corrected_nodes=int(corrected),
        failed_nodes=int(failed),
    )


def cut_in_slices(since: datetime, until: datetime) -> tuple[Slice, ...]:
    """Slices of a length that people reckon in, MOST_SLICES at most; the first and the last may be shorter."""
    minutes = (until - since).total_seconds() / 60
    length = timedelta(minutes=next((one for one in _LENGTHS if minutes / one < MOST_SLICES - 1), _LENGTHS[-1]))
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    edge = midnight + ((since - midnight) // length + 1) * length
    edges = [since]
    while edge < until:
        edges.append(edge)
        edge += length
    return tuple(Slice(start, end) for start, end in zip(edges, [*edges[1:], until], strict=True))
