"""Which nodes keep needing corrections?"""

from __future__ import annotations

from datetime import datetime

from reports.analysis.heat import COLD
from reports.analysis.nodes import NodeLine, describe_nodes
from reports.rollups.heat import stored_heat
from reports.rollups.tables import NodeState


def list_hottest(now: datetime, *, limit: int = 10) -> tuple[NodeLine, ...]:
    """Hottest first. The first rows of the index on heat, at any size of the fleet and at any time."""
    rows = NodeState.objects.filter(heat__gt=stored_heat(COLD, now)).order_by("-heat", "-node_id")
    return describe_nodes(list(rows[:limit]), now)
