"""Which nodes have not been heard of for the longest?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.analysis.status import silent_before
from reports.rollups.tables import NodeState


@dataclass(frozen=True, slots=True)
class SilentNode:
    """A node that is silent, and what it was like when it last spoke cannot be counted on."""

    node_id: int
    site: str
    name: str
    environment: str | None
    last_received_at: datetime
    is_clock_wrong: bool


def list_silent(now: datetime, *, limit: int = 8) -> tuple[SilentNode, ...]:
    """The longest silent first. Reads node_state once: one narrow row a node (10,000 nodes: a few milliseconds)."""
    rows = (
        NodeState.objects.filter(last_received_at__lt=silent_before(now))
        .order_by("last_received_at", "node_id")
        .values_list("node_id", "site", "name", "environment", "last_received_at", "is_clock_wrong")
    )
    return tuple(SilentNode(*row) for row in rows[:limit])
