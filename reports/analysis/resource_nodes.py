"""On which nodes does one resource change, and what did it last do there?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, FloatField, Q, Sum, Value
from django.db.models.functions import Coalesce

from reports.analysis.heat import heat_now
from reports.analysis.last_changes import LastChange, find_last_changes
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.rollups.tables import NodeResource, NodeResourceDay, NodeState
from reports.run import Pattern

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
    return Slice(describe_nodes_of_resource(resource_id, found.rows, now), found.next, found.previous)


def describe_nodes_of_resource(
    resource_id: int, rows: Sequence[NodeResource], now: datetime
) -> tuple[NodeOfResource, ...]:
    """The lines of these rows, in the order given: three look-ups by key for all of them together."""
    states = NodeState.objects.in_bulk([row.node_id for row in rows])
    last = find_last_changes(resource_id, {row.node_id: row.last_change_at for row in rows})
    corrections = _count_corrections(resource_id, rows, now)
    return tuple(
        NodeOfResource(
            node_id=row.node_id,
            site=states[row.node_id].site,
            node=states[row.node_id].name,
            environment=states[row.node_id].environment,
            corrections_7d=corrections.get(row.node_id, (0, 0))[0],
            corrections_30d=corrections.get(row.node_id, (0, 0))[1],
            corrections=row.corrections,
            changes=row.changes,
            failures=row.failures,
            heat=heat_now(row.heat, now),
            pattern=None if row.pattern is None else Pattern(row.pattern),
            evidence=row.evidence,
            last_change_at=row.last_change_at,
            last_correction_at=row.last_correction_at,
            last=last.get(row.node_id),
        )
        for row in rows
        if row.node_id in states
    )


def _count_corrections(resource_id: int, rows: Sequence[NodeResource], now: datetime) -> dict[int, tuple[int, int]]:
    """By node: corrections within the last 7 and within the last 30 UTC days, today included."""
    week, month = (now.date() - timedelta(days=days - 1) for days in (7, 30))
    counted = (
        NodeResourceDay.objects.filter(
            node_id__in=[row.node_id for row in rows], resource_id=resource_id, day__gte=month
        )
        .values_list("node_id")
        .annotate(of_week=Sum("corrections", filter=Q(day__gte=week), default=0), of_month=Sum("corrections"))
        .order_by()
    )
    return {node_id: (of_week, of_month) for node_id, of_week, of_month in counted}
