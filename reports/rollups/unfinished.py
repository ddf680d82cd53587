"""The runs that did not finish: their start was told, and a day later still no end."""

from __future__ import annotations

from datetime import datetime, timedelta

from reports.rollups.tables import NodeState

UNFINISHED_AFTER = timedelta(days=1)


def find_unfinished(now: datetime, *, limit: int = 100) -> list[NodeState]:
    """Nodes whose newest run began more than a day ago and has no end, the longest waiting first.

    Reads node_state once, a narrow row a node: few pages at any size of fleet that one PostgreSQL holds.
    """
    rows = NodeState.objects.filter(unfinished_since__lt=now - UNFINISHED_AFTER)
    return list(rows.order_by("unfinished_since", "node_id")[:limit])
