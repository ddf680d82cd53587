"""Which nodes the members of a group see: worked out when it is saved, and every minute as nodes come and move."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from reports.people.tables import Group, VisibleNode
from reports.rollups.tables import NodeState
from reports.sql import load

_RECOUNT = load(__file__, "recount_visible_nodes")


def recount_visible_nodes(_now: datetime) -> int:
    """All groups anew; how many there are. One group at a time, so that none waits for another."""
    groups = list(Group.objects.order_by("id").values_list("id", flat=True))
    VisibleNode.objects.exclude(group_id__in=groups).delete()
    for group_id in groups:
        recount_nodes_of_group(group_id)
    return len(groups)


def recount_nodes_of_group(group_id: int) -> None:
    """What the group says at this moment; nobody can change it meanwhile. A group that is gone has no nodes."""
    with transaction.atomic():
        group = Group.objects.select_for_update().filter(pk=group_id).first()
        found = list(nodes_of(group.environments)) if group and not group.sees_all else []
        with connection.cursor() as cursor:
            cursor.execute(_RECOUNT, {"group_id": group_id, "node_ids": found})


def nodes_of(environments: list[str]) -> QuerySet[NodeState, int]:
    """The ids of the nodes in one of these environments; an empty one: none was told."""
    wanted = Q(environment__in=environments)
    if "" in environments:
        wanted |= Q(environment__isnull=True)
    return NodeState.objects.filter(wanted).values_list("node_id", flat=True)
