"""On which other nodes is the same resource hottest?"""

from __future__ import annotations

from reports.analysis.together import Asked
from reports.sql import load

FIND_SAME_RESOURCE = load(__file__, "find_same_resource")
LOOKED_AT = 200


def ask_same_resource(
    resource_id: int, *, except_node: int, environment: str | None, limit: int = 8
) -> Asked[tuple[int, ...]]:
    """The ids of the hottest other nodes that have it, those of `environment` first, out of the LOOKED_AT hottest.

    Reads one row for each node that has the resource.
    """
    values = {
        "resource_id": resource_id,
        "except_node": except_node,
        "environment": environment,
        "looked_at": LOOKED_AT,
        "limit": limit,
    }
    return Asked(FIND_SAME_RESOURCE, values, lambda rows: tuple(node_id for (node_id,) in rows))
