"""Which nodes the members of a group see: worked out when it is saved, and every minute as nodes come and move."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from reports.errors import BadQuestion
from reports.people.tables import Group, VisibleNode
from reports.rollups.tables import NodeState
from reports.search.language import parse
from reports.search.on_nodes import condition_on_nodes
from reports.search.query import Query
from reports.search.subjects import NODES
from reports.sql import load

log = logging.getLogger(__name__)

# What a node is does not come and go with what it does: nobody loses sight of a node because it has failed.
STEADY: Final = NODES.only("name", "env", "site", "tool", "role")

_RECOUNT = load(__file__, "recount_visible_nodes")


def recount_visible_nodes(now: datetime) -> int:
    """All groups anew; how many there are. One group at a time, so that none waits for another."""
    groups = list(Group.objects.order_by("id").values_list("id", flat=True))
    VisibleNode.objects.exclude(group_id__in=groups).delete()
    for group_id in groups:
        recount_nodes_of_group(group_id, now=now)
    return len(groups)


def recount_nodes_of_group(group_id: int, *, now: datetime) -> None:
    """What the group says at this moment; nobody can change it meanwhile. A group that is gone has no nodes.

    A query that is no longer understood, after an upgrade, finds nothing.
    """
    with transaction.atomic():
        group = Group.objects.select_for_update().filter(pk=group_id).first()
        found = _ids_of(group, now) if group and not group.sees_all else []
        with connection.cursor() as cursor:
            cursor.execute(_RECOUNT, {"group_id": group_id, "node_ids": found})


def nodes_of(environments: Sequence[str], query: str, *, now: datetime) -> QuerySet[NodeState]:
    """The nodes in one of these environments (an empty one: none was told), and those that the query finds.

    Raises BadQuestion for a query that means nothing.
    """
    wanted = Q(environment__in=list(environments))
    if "" in environments:
        wanted |= Q(environment__isnull=True)
    asked = read_query(query)
    if asked is not None:
        wanted |= condition_on_nodes(asked, now)
    return NodeState.objects.filter(wanted)


def read_query(text: str) -> Query | None:
    """What is asked; None for nothing, which is no node and not all of them. Raises BadQuestion."""
    return parse(text, STEADY) if text.strip() else None


def _ids_of(group: Group, now: datetime) -> list[int]:
    try:
        return list(nodes_of(group.environments, group.query, now=now).values_list("node_id", flat=True))
    except BadQuestion as error:
        log.warning("the query of group %s finds nothing: %s", group.name, error)
        return list(nodes_of(group.environments, "", now=now).values_list("node_id", flat=True))
