"""Which resources keep being put right, over all nodes?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from reports.analysis.heat import heat_now, least_heat_since
from reports.analysis.hotspots import Hotspot, HotspotFilter, Hottest, fetch, rank_by_times, span_of
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.rollups.tables import ResourceEnvironment, ResourceState
from reports.run import Pattern
from reports.sql import load
from reports.store.tables import Resource

HOTTEST_FIRST: Final = Keyset((("heat", float), ("resource_id", int)), is_descending=True)
RANK_RESOURCES = load(__file__, "rank_resources")
RANK_BY_PATTERN = load(__file__, "rank_resources_by_pattern")
COUNT_DAYS = load(__file__, "count_days_of_resources")
COUNT_CHANGES = load(__file__, "count_changes_of_resources")
FIND_HOT_RESOURCES = load(__file__, "find_hot_resources")


class _Counted(NamedTuple):
    corrections: int | None
    corrections_before: int | None
    nodes: int | None
    last_correction_at: datetime | None


class _Found(NamedTuple):
    resource_id: int
    type: str
    title: str
    heat: float | None
    site: str | None
    node: str | None
    pattern: int | None
    evidence: str | None
    runs: int


_NOTHING: Final = _Counted(None, None, None, None)


def rank_resources(
    wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50
) -> Slice[Hotspot]:
    """Resources that were corrected in the window: the hottest first, or in a past window the most corrected.

    With a pattern: those that show it on a node and acted there in the window, the most often seen first.
    """
    ids: Slice[int]
    meant = ids_of_resources(wanted.meant)
    if wanted.window.is_current and not wanted.pattern:
        hot = Q(heat__gt=least_heat_since(wanted.window.since), last_correction_at__gte=wanted.window.since)
        of_environment = ResourceEnvironment.objects.filter(hot, environment=wanted.environment)
        rows: Any = of_environment if wanted.environment else ResourceState.objects.filter(hot)
        if meant is not None:
            rows = rows.filter(resource_id__in=meant)
        states: Slice[Any] = take_slice(rows, HOTTEST_FIRST, cursor=cursor, limit=limit)
        ids = Slice(tuple(state.resource_id for state in states.rows), states.next, states.previous)
    else:
        statement = RANK_BY_PATTERN if wanted.pattern else RANK_RESOURCES
        ranked = rank_by_times(statement, wanted, meant, cursor=cursor, limit=limit)
        ids = Slice(tuple(row.id for row in ranked.rows), ranked.next, ranked.previous)
    return Slice(describe_hot_resources(ids.rows, wanted, now), ids.next, ids.previous)


def ids_of_resources(meant: Q | None) -> QuerySet[Any, Any] | None:
    """The ids of the resources that meet this condition; None where none is set."""
    return None if meant is None else Resource.objects.filter(meant).values("id")


def describe_hot_resources(resource_ids: Sequence[int], wanted: HotspotFilter, now: datetime) -> tuple[Hotspot, ...]:
    """These resources as hotspots, in the order given: two look-ups for all of them together.

    Of the runs of the window only its hours are read.
    """
    keys = list(resource_ids)
    if not keys:
        return ()
    asked: dict[str, Any] = {"resource_ids": keys, "environment": wanted.environment}
    statement = COUNT_DAYS if wanted.window.is_whole_days else COUNT_CHANGES
    counted = {row[0]: _Counted(*row[1:]) for row in fetch(statement, {**asked, **span_of(wanted.window)})}
    asked |= {"pattern": wanted.pattern, "since": wanted.window.since, "until": wanted.window.until}
    found = {row[0]: _Found(*row) for row in fetch(FIND_HOT_RESOURCES, asked)}
    return tuple(_hotspot(found[key], counted.get(key, _NOTHING), now) for key in keys if key in found)


def _hotspot(found: _Found, counted: _Counted, now: datetime) -> Hotspot:
    corrections, runs = counted.corrections or 0, found.runs
    return Hotspot(
        id=found.resource_id,
        name=f"{found.type}[{found.title}]",
        site=None,
        corrections=corrections,
        corrections_before=counted.corrections_before or 0,
        runs=runs,
        corrected_runs=None,
        share_of_runs=min(corrections / runs, 1.0) if runs else 0.0,
        heat=heat_now(found.heat, now),
        last_correction_at=counted.last_correction_at,
        nodes=counted.nodes or 0,
        hottest=_hottest(found),
    )


def _hottest(found: _Found) -> Hottest | None:
    if found.node is None:
        return None
    pattern = None if found.pattern is None else Pattern(found.pattern)
    return Hottest(found.node, found.site, pattern, found.evidence)
