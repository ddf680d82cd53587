"""What does the same resource do on the other nodes?"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef

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
    hottest = others.order_by(F("heat").desc(nulls_last=True), "-last_change_at", "node_id")
    of_node = NodeState.objects.filter(node_id=OuterRef("node_id"), environment=environment)
    looked_at = list(hottest.annotate(is_near=Exists(of_node)).values_list("node_id", "is_near")[:LOOKED_AT])
    looked_at.sort(key=lambda row: not row[1])
    return describe_nodes_of_resource(resource_id, [node_id for node_id, _ in looked_at[:limit]], now)
