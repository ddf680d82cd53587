"""On which nodes does one resource change, and what did it last do there?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce

from reports.analysis.heat import heat_now
from reports.analysis.last_changes import LastChange, read_last_change
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.rollups.tables import NodeResource, NodeState
from reports.run import Pattern
from reports.sql import load

DESCRIBE_NODES = load(__file__, "describe_nodes_of_resource")
_TOLD: Final = (  # as they come, but for heat and pattern
    *("node_id", "site", "node", "environment", "corrections_7d", "corrections_30d", "corrections", "changes"),
    *("failures", "evidence", "last_change_at", "last_correction_at", "is_clock_wrong"),
)
_OF_LAST_CHANGE: Final = 15  # the first of its columns that tells of the last change

HOTTEST_FIRST = Keyset((("warmth", float), ("node_id", int)), is_descending=True)
_NEVER = Value(-math.inf, output_field=FloatField())  # a node that was never corrected is colder than any other


@dataclass(frozen=True, slots=True)
class NodeOfResource:
    """What the resource did on one node; counts without a span are over all time. `last` None: past its retention."""

    node_id: int
    site: str
    node: str
    environment: str | None
    corrections_7d: int
    corrections_30d: int
    corrections: int
    changes: int
    failures: int
    heat: float | None
    pattern: Pattern | None
    evidence: str | None
    last_change_at: datetime
    last_correction_at: datetime | None
    is_clock_wrong: bool
    last: LastChange | None


def list_nodes_of_resource(
    resource_id: int, now: datetime, *, environment: str | None = None, cursor: str | None = None, limit: int = 50
) -> Slice[NodeOfResource]:
    """Hottest first. Reads one row for each node that has the resource, and by key what is shown of the first."""
    wanted = Q(resource_id=resource_id)
    if environment is not None:
        wanted &= Q(node_id__in=NodeState.objects.filter(environment=environment).values("node_id"))
    rows = NodeResource.objects.filter(wanted).annotate(warmth=Coalesce(F("heat"), _NEVER))
    found = take_slice(rows, HOTTEST_FIRST, cursor=cursor, limit=limit)
    described = describe_nodes_of_resource(resource_id, [row.node_id for row in found.rows], now)
    return Slice(described, found.next, found.previous)


def describe_nodes_of_resource(resource_id: int, node_ids: Sequence[int], now: datetime) -> tuple[NodeOfResource, ...]:
    """What it did on these nodes, in the order given: one question by key for all of them together."""
    if not node_ids:
        return ()
    week, month = (now.date() - timedelta(days=days - 1) for days in (7, 30))
    asked: dict[str, Any] = {"resource_id": resource_id, "node_ids": list(node_ids), "week": week, "month": month}
    with connection.cursor() as database:
        database.execute(DESCRIBE_NODES, asked)
        return tuple(_read(row, now) for row in database.fetchall())


def _read(row: tuple[Any, ...], now: datetime) -> NodeOfResource:
    heat, pattern, *others = row[9:_OF_LAST_CHANGE]
    told = dict(zip(_TOLD, (*row[:9], *others), strict=True))
    return NodeOfResource(
        heat=heat_now(heat, now),
        pattern=None if pattern is None else Pattern(pattern),
        last=read_last_change(row[0], row[_OF_LAST_CHANGE:]),
        **told,
    )
