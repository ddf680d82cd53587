"""What does the same resource do on the other nodes?"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from reports.analysis.resource_nodes import NodeOfResource, describe_nodes_of_resource
from reports.rollups.tables import NodeResource, NodeState

LOOKED_AT = 200


def list_same_resource(
    resource_id: int, now: datetime, *, except_node: int, environment: str | None, limit: int = 8
) -> tuple[NodeOfResource, ...]:
    """The hottest other nodes that have it, those of `environment` first, out of the LOOKED_AT hottest.

    Reads one row for each node that has the resource, then by key what is shown.
    """
    others = NodeResource.objects.filter(resource_id=resource_id).exclude(node_id=except_node)
    hottest = list(others.order_by(F("heat").desc(nulls_last=True), "-last_change_at", "node_id")[:LOOKED_AT])
    near = set(
        NodeState.objects.filter(node_id__in=[row.node_id for row in hottest], environment=environment).values_list(
            "node_id", flat=True
        )
    )
    hottest.sort(key=lambda row: row.node_id not in near)
    return describe_nodes_of_resource(resource_id, hottest[:limit], now)
