"""Which nodes went silent in a window, came back, were first heard of, or were rebuilt?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import Span
from reports.analysis.status import silent_before
from reports.sql import load

LIST_INCIDENT_NODES = load(__file__, "list_incident_nodes")
NAMED: Final = 20  # of each kind


@dataclass(frozen=True, slots=True)
class NodeMoment:
    """A node, and when it happened to it; `before`: of one that came back, its run before, where that is in the window,
    too."""

    node_id: int
    site: str
    name: str
    at: datetime
    before: datetime | None = None
    is_clock_wrong: bool = False


@dataclass(frozen=True, slots=True)
class NodeMoments:
    """How many nodes, and the first of them in time."""

    count: int = 0
    first: tuple[NodeMoment, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentNodes:
    """`matching` is how many nodes the question means. `cut_off` is when the newest report of one of them came in: what
    comes in later is not in the answer; None: nothing ever did."""

    matching: int
    cut_off: datetime | None
    silent: NodeMoments
    back: NodeMoments
    first_seen: NodeMoments
    rebuilt: NodeMoments

    @property
    def named(self) -> tuple[NodeMoment, ...]:
        """All that are named, whatever happened to them."""
        return self.silent.first + self.back.first + self.first_seen.first + self.rebuilt.first


def list_incident_nodes(span: Span, now: datetime) -> IncidentNodes:
    """One statement: the states of all nodes, and the runs of the window."""
    asked = {
        **span.asked,
        "silent_before": silent_before(now),
        "silent_since": span.since - settings.FLEETVIEW_SILENT_AFTER,
        "silent_after": settings.FLEETVIEW_SILENT_AFTER,
        "limit": NAMED,
    }
    rows = fetch(LIST_INCIDENT_NODES, asked)
    ((matching, cut_off),) = ((count, at) for kind, count, _, _, _, at, *_ in rows if kind == "all")
    return IncidentNodes(
        matching=matching,
        cut_off=cut_off,
        silent=_moments(rows, "silent"),
        back=_moments(rows, "back"),
        first_seen=_moments(rows, "first"),
        rebuilt=_moments(rows, "rebuilt"),
    )


def _moments(rows: list[tuple[object, ...]], wanted: str) -> NodeMoments:
    found = [(count, NodeMoment(*moment)) for kind, count, *moment in rows if kind == wanted]  # type: ignore[arg-type]
    return NodeMoments(int(str(found[0][0])), tuple(moment for _, moment in found)) if found else NodeMoments()
