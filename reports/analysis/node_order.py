"""In which order can nodes be listed, and which index has it?"""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from reports.analysis.in_turn import take_in_turn
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.analysis.status import NodeStatus, having_status
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeState

BY_NAME: Final = Keyset((("name", str), ("site", str)))
BY_NAME_BACK: Final = replace(BY_NAME, is_descending=True)
BY_HEAT: Final = Keyset(
    (("heat", float), ("name", str), ("site", str)), against=frozenset({"heat"}), nullable=frozenset({"heat"})
)
BY_RISK: Final = Keyset(
    (("probability", float), ("node_id", int)), against=frozenset({"probability"}), nullable=frozenset({"probability"})
)


class NodeOrder(enum.StrEnum):
    """Named after what is told of a node; a minus stands for the most first. None by the last run: see NodeState."""

    NAME = "name"
    NAME_BACK = "-name"
    STATUS = "-status"  # worst first, then by name
    HEAT = "-heat"  # then those that were never corrected, by name
    RISK = "-risk"  # then those of which it has not been foretold yet


def take_nodes(
    condition: Q, order: NodeOrder, now: datetime, *, cursor: str | None, limit: int, statuses: Collection[NodeStatus]
) -> Slice[NodeState]:
    """The nodes that the condition holds for, in this order. `statuses`: those that may occur; none named means any.

    Names, statuses, heat and risk each have an index. Those without heat or risk come after the others, and are looked
    for along names or keys: at worst all of node_state once, as with a filter that few nodes pass.
    """
    rows = NodeState.objects.filter(condition)
    match order:
        case NodeOrder.NAME | NodeOrder.NAME_BACK:
            keyset = BY_NAME if order is NodeOrder.NAME else BY_NAME_BACK
            return take_slice(rows, keyset, cursor=cursor, limit=limit)
        case NodeOrder.STATUS:
            parts = [rows.filter(having_status([one], now)) for one in NodeStatus if not statuses or one in statuses]
            return take_in_turn(parts, BY_NAME, cursor=cursor, limit=limit)
        case NodeOrder.HEAT:
            parts = [rows.filter(heat__isnull=False), rows.filter(heat__isnull=True)]
            return take_in_turn(parts, BY_HEAT, cursor=cursor, limit=limit)
        case NodeOrder.RISK:
            return _take_by_risk(rows, condition, cursor=cursor, limit=limit)


def _take_by_risk(rows: QuerySet[NodeState], condition: Q, *, cursor: str | None, limit: int) -> Slice[NodeState]:
    """By keys first, for the order stands in a table of its own."""
    state = NodeState.objects.filter(condition, node_id=OuterRef("node_id"))
    foretold: QuerySet[Any, Any] = NodeRisk.objects.filter(Exists(state)) if condition else NodeRisk.objects.all()
    unknown = rows.filter(~Exists(NodeRisk.objects.filter(node_id=OuterRef("node_id"))))
    parts = [foretold, unknown.annotate(probability=Cast(Value(None), FloatField()))]
    found = take_in_turn(parts, BY_RISK, cursor=cursor, limit=limit)
    states = NodeState.objects.in_bulk([row.node_id for row in found.rows])
    return Slice(tuple(states[row.node_id] for row in found.rows if row.node_id in states), found.next, found.previous)
