"""How is the fleet?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Value, When

from reports.analysis.status import NodeStatus, silent_before
from reports.rollups.tables import NodeState
from reports.run import Outcome


@dataclass(frozen=True, slots=True)
class FleetCounts:
    """Nodes by status, worst first; every status is there, every node counts once."""

    by_status: tuple[tuple[NodeStatus, int], ...]
    total: int


def count_fleet(now: datetime) -> FleetCounts:
    """Reads node_state once: one narrow row a node (10,000 nodes: a few milliseconds)."""
    is_silent = Case(
        When(last_received_at__lt=silent_before(now), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    groups = (
        NodeState.objects.annotate(is_silent=is_silent)
        .values_list("status", "is_silent")
        .annotate(nodes=Count("node_id"))
        .order_by()
    )
    counts = dict.fromkeys(NodeStatus, 0)
    for outcome, silent, nodes in groups:
        counts[_status(outcome, is_silent=silent)] += nodes
    return FleetCounts(tuple(counts.items()), sum(counts.values()))


def _status(outcome: int | None, *, is_silent: bool) -> NodeStatus:
    if is_silent:
        return NodeStatus.SILENT
    return NodeStatus.UNKNOWN if outcome is None else NodeStatus[Outcome(outcome).name]
