"""Which nodes keep needing corrections, and which are likely to?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from reports.analysis.heat import COLD, heat_now, stored_heat
from reports.analysis.hotspots import Hotspot, HotspotFilter, Hottest, fetch, rank_by_corrections, span_of
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.analysis.window import Window
from reports.risk.reading import Risk, find_risks
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource, NodeState
from reports.run import Pattern
from reports.sql import load

HOTTEST_FIRST: Final = Keyset((("heat", float), ("node_id", int)), is_descending=True)
LIKELIEST_FIRST: Final = Keyset((("probability", float), ("node_id", int)), is_descending=True)
RANK_NODES = load(__file__, "rank_nodes")
COUNT_DAYS = load(__file__, "count_days_of_nodes")
COUNT_RUNS = load(__file__, "count_runs_of_nodes")
FIND_HOTTEST = load(__file__, "find_hottest_resource_of_nodes")


class _Counted(NamedTuple):
    corrections: int | None
    corrections_before: int | None
    runs: int | None
    corrected_runs: int | None
    last_correction_at: datetime | None


_NOTHING: Final = _Counted(None, None, None, None, None)


def rank_nodes(wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50) -> Slice[Hotspot]:
    """Nodes that were corrected in the window: the hottest first, or in a past window the most corrected."""
    ids: Slice[int]
    if wanted.window.is_current:
        hot = Q(heat__gt=stored_heat(COLD, now), last_correction_at__gte=wanted.window.since)
        states = take_slice(
            NodeState.objects.filter(hot & _condition(wanted)), HOTTEST_FIRST, cursor=cursor, limit=limit
        )
        ids = Slice(tuple(state.node_id for state in states.rows), states.next, states.previous)
    else:
        ranked = rank_by_corrections(RANK_NODES, wanted, cursor=cursor, limit=limit)
        ids = Slice(tuple(row.id for row in ranked.rows), ranked.next, ranked.previous)
    return Slice(describe_hot_nodes(ids.rows, wanted.window, now), ids.next, ids.previous)


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
    described = describe_hot_nodes([row.node_id for row in found.rows], wanted.window, now)
    return Slice(described, found.next, found.previous)


def _condition(wanted: HotspotFilter) -> Q:
    condition = Q()
    if wanted.environment:
        condition &= Q(environment=wanted.environment)
    if wanted.site:
        condition &= Q(site=wanted.site)
    if wanted.tool:
        condition &= Q(tools__contains=[wanted.tool])
    if wanted.pattern:
        condition &= Q(Exists(NodeResource.objects.filter(node_id=OuterRef("node_id"), pattern=wanted.pattern)))
    return condition


def describe_hot_nodes(node_ids: Sequence[int], window: Window, now: datetime) -> tuple[Hotspot, ...]:
    """These nodes as hotspots, in the order given: four look-ups by key for all of them together."""
    keys = list(node_ids)
    if not keys:
        return ()
    states = NodeState.objects.in_bulk(keys)
    counted = _count(keys, window)
    hottest = {row[0]: _hottest(row) for row in fetch(FIND_HOTTEST, {"node_ids": keys})}
    risks = find_risks(keys)
    return tuple(
        _hotspot(states[key], counted.get(key, _NOTHING), hottest.get(key), risks.get(key), now)
        for key in keys
        if key in states
    )


def _count(keys: list[int], window: Window) -> dict[int, _Counted]:
    statement = COUNT_DAYS if window.is_whole_days else COUNT_RUNS
    return {row[0]: _Counted(*row[1:]) for row in fetch(statement, {"node_ids": keys, **span_of(window)})}


def _hottest(row: tuple[Any, ...]) -> Hottest:
    _, kind, title, pattern, evidence = row
    return Hottest(f"{kind}[{title}]", None, None if pattern is None else Pattern(pattern), evidence)


def _hotspot(state: NodeState, counted: _Counted, hottest: Hottest | None, risk: Risk | None, now: datetime) -> Hotspot:
    runs, corrected_runs = counted.runs or 0, counted.corrected_runs or 0
    return Hotspot(
        id=state.node_id,
        name=state.name,
        site=state.site,
        environment=state.environment,
        corrections=counted.corrections or 0,
        corrections_before=counted.corrections_before or 0,
        runs=runs,
        corrected_runs=corrected_runs,
        share_of_runs=corrected_runs / runs if runs else 0.0,
        heat=heat_now(state.heat, now),
        last_correction_at=counted.last_correction_at,
        risk=risk.probability if risk else None,
        risk_reasons=risk.reasons if risk else (),
        hottest=hottest,
    )
