"""Which nodes keep needing corrections, and which are likely to?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.analysis.heat import heat_now, least_heat_since
from reports.analysis.hotspots import Hotspot, HotspotFilter, Hottest, fetch, rank_by_times
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource, NodeState
from reports.run import Pattern
from reports.sql import load

HOTTEST_FIRST: Final = Keyset((("heat", float), ("node_id", int)), is_descending=True)
LIKELIEST_FIRST: Final = Keyset((("probability", float), ("node_id", int)), is_descending=True)
RANK_NODES = load(__file__, "rank_nodes")
RANK_BY_PATTERN = load(__file__, "rank_nodes_by_pattern")
FIND_HOT_NODES = load(__file__, "find_hot_nodes")


class _Found(NamedTuple):
    node_id: int
    name: str
    site: str
    environment: str | None
    heat: float | None
    probability: float | None
    reasons: list[str]
    type: str | None
    title: str | None
    pattern: int | None
    evidence: str | None
    is_clock_wrong: bool
    corrections: int | None
    corrections_before: int | None
    runs: int | None
    corrected_runs: int | None
    last_correction_at: datetime | None


def rank_nodes(wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50) -> Slice[Hotspot]:
    """Nodes that were corrected in the window: the hottest first, or in a past window the most corrected.

    With a pattern: those on which a resource of it acted in the window, the most often seen first.
    """
    ids: Slice[int]
    if wanted.window.is_current and not wanted.pattern:
        hot = Q(heat__gt=least_heat_since(wanted.window.since), last_correction_at__gte=wanted.window.since)
        states = take_slice(
            NodeState.objects.filter(hot & _condition(wanted)), HOTTEST_FIRST, cursor=cursor, limit=limit
        )
        ids = Slice(tuple(state.node_id for state in states.rows), states.next, states.previous)
    else:
        statement = RANK_BY_PATTERN if wanted.pattern else RANK_NODES
        ranked = rank_by_times(statement, wanted, ids_of_nodes(wanted.meant), cursor=cursor, limit=limit)
        ids = Slice(tuple(row.id for row in ranked.rows), ranked.next, ranked.previous)
    return Slice(describe_hot_nodes(ids.rows, wanted, now), ids.next, ids.previous)


def rank_nodes_by_risk(
    wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50
) -> Slice[Hotspot]:
    """Nodes by how likely they need a correction or fail within seven days, whether or not they did in the window.

    Walks the index on the probability; a filter that few nodes pass reads on until the page is full.
    """
    rows = NodeRisk.objects.all()
    if condition := _condition(wanted):
        rows = rows.filter(Exists(NodeState.objects.filter(condition, node_id=OuterRef("node_id"))))
    found = take_slice(rows, LIKELIEST_FIRST, cursor=cursor, limit=limit)
    described = describe_hot_nodes([row.node_id for row in found.rows], wanted, now)
    return Slice(described, found.next, found.previous)


def _condition(wanted: HotspotFilter) -> Q:
    condition = Q()
    if wanted.environment:
        condition &= Q(environment=wanted.environment)
    if wanted.site:
        condition &= Q(site=wanted.site)
    if wanted.tool:
        condition &= Q(tools__contains=[wanted.tool])
    if wanted.meant is not None:
        condition &= wanted.meant
    if wanted.pattern:
        condition &= Q(Exists(NodeResource.objects.filter(node_id=OuterRef("node_id"), pattern=wanted.pattern)))
    return condition


def ids_of_nodes(meant: Q | None) -> QuerySet[Any, Any] | None:
    """The ids of the nodes that meet this condition; None where none is set."""
    return None if meant is None else NodeState.objects.filter(meant).values("node_id")


def describe_hot_nodes(node_ids: Sequence[int], wanted: HotspotFilter, now: datetime) -> tuple[Hotspot, ...]:
    """These nodes as hotspots, in the order given: one look-up by key for all of them together."""
    keys = list(node_ids)
    if not keys:
        return ()
    window, before = wanted.window, wanted.window.before()
    asked = {
        "node_ids": keys,
        "pattern": wanted.pattern,
        "by_days": window.is_whole_days,
        "before_day": before.first_day,
        "since_day": window.first_day,
        "until_day": window.end_day,
        "before": before.since,
        "since": window.since,
        "until": window.until,
    }
    found = {row[0]: _Found(*row) for row in fetch(FIND_HOT_NODES, asked)}
    return tuple(_hotspot(found[key], now) for key in keys if key in found)


def _hotspot(found: _Found, now: datetime) -> Hotspot:
    runs, corrected_runs = found.runs or 0, found.corrected_runs or 0
    return Hotspot(
        id=found.node_id,
        name=found.name,
        site=found.site,
        environment=found.environment,
        corrections=found.corrections or 0,
        corrections_before=found.corrections_before or 0,
        runs=runs,
        corrected_runs=corrected_runs,
        share_of_runs=corrected_runs / runs if runs else 0.0,
        heat=heat_now(found.heat, now),
        last_correction_at=found.last_correction_at,
        risk=found.probability,
        risk_reasons=tuple(found.reasons),
        hottest=_hottest(found),
        is_clock_wrong=found.is_clock_wrong,
    )


def _hottest(found: _Found) -> Hottest | None:
    if found.type is None:
        return None
    pattern = None if found.pattern is None else Pattern(found.pattern)
    return Hottest(f"{found.type}[{found.title}]", pattern=pattern, evidence=found.evidence)
