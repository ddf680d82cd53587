"""The hotspots of a week, with all that is told beside them: how they did day by day, and why they were corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reports.analysis.heatmap import Counts, count_days_of_nodes, count_days_of_resources, days_of
from reports.analysis.hotspots import Hotspot, HotspotFilter
from reports.analysis.last_corrections import (
    LastCorrection,
    find_last_corrections_of_nodes,
    find_last_corrections_of_resources,
)
from reports.analysis.paging import Slice
from reports.analysis.ranking import By, rank_hotspots
from reports.analysis.resource import resource_key
from reports.analysis.words import CAUSE_SOURCES, CAUSES, PATTERNS
from reports.people.notes import Noted, find_noted, muted_until
from reports.weekly.looking_at import Asked
from reports.weekly.parts import EnvironmentLine, HeatLine, HotLine, Some, Why, Word

SHOWN: Final = 20
NEW_SHOWN: Final = 8
_WEEK: Final = 7
_LOOKED_AT: Final = 100  # of the ranking, for what is new in it


@dataclass(frozen=True, slots=True)
class Hot:
    """The first of the ranking, and of its first hundred those that had no correction the week before."""

    first: Some[HotLine]
    new: tuple[HotLine, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is told of several hotspots at once."""

    days: Sequence[date]
    counts: Counts
    why: Mapping[int, LastCorrection]
    noted: Noted
    is_node: bool


def gather_hot_nodes(asked: Asked, *, corrected: int) -> Hot:
    """Ranked as the page of hotspots ranks them. `corrected`: on how many nodes something was corrected in all."""
    found = _rank(By.NODE, asked)
    shown = _shown(found)
    hottest = {
        spot.id: resource_key(spot.hottest.name) if spot.hottest else None for spot in shown if spot.id is not None
    }
    beside = _Beside(
        days=days_of(asked.both),
        counts=count_days_of_nodes(list(hottest), asked.both),
        why=find_last_corrections_of_nodes(hottest, asked.window, environment=asked.environment),
        noted=find_noted(asked.now, nodes=hottest),
        is_node=True,
    )
    return _lay(found, beside, count=corrected)


def gather_hot_resources(asked: Asked) -> Hot:
    """The same of resources, over all nodes of the scope."""
    found = _rank(By.RESOURCE, asked)
    ids = [spot.id for spot in _shown(found) if spot.id is not None]
    beside = _Beside(
        days=days_of(asked.both),
        counts=count_days_of_resources(ids, asked.both, environment=asked.environment),
        why=find_last_corrections_of_resources(ids, asked.window, environment=asked.environment),
        noted=find_noted(asked.now, resources=ids),
        is_node=False,
    )
    return _lay(found, beside, count=len(found.rows))


def gather_environments(asked: Asked) -> tuple[EnvironmentLine, ...]:
    """Every environment with a run in the week, most corrections first."""
    return tuple(
        EnvironmentLine(
            name=spot.name,
            runs=spot.runs,
            corrected_runs=spot.corrected_runs or 0,
            share_of_runs=spot.share_of_runs,
            corrections=spot.corrections,
            before=spot.corrections_before,
            nodes=spot.nodes or 0,
            hottest=spot.hottest.name if spot.hottest else None,
        )
        for spot in rank_hotspots(By.ENVIRONMENT, _wanted(asked), now=asked.now).rows
    )


def draw_heat_map(nodes: Some[HotLine]) -> tuple[HeatLine, ...]:
    """The days of the nodes that lead the ranking."""
    return tuple(HeatLine(line.name, line.site, line.trend, sum(line.trend)) for line in nodes.lines)


def _wanted(asked: Asked) -> HotspotFilter:
    return HotspotFilter(window=asked.window, environment=asked.environment)


def _rank(by: By, asked: Asked) -> Slice[Hotspot]:
    return rank_hotspots(by, _wanted(asked), now=asked.now, limit=_LOOKED_AT)


def _new(found: Slice[Hotspot]) -> list[Hotspot]:
    return [spot for spot in found.rows if spot.corrections and not spot.corrections_before][:NEW_SHOWN]


def _shown(found: Slice[Hotspot]) -> list[Hotspot]:
    """Those that get a line: the first, and the first that are new."""
    first = list(found.rows[:SHOWN])
    return first + [spot for spot in _new(found) if spot not in first]


def _lay(found: Slice[Hotspot], beside: _Beside, *, count: int) -> Hot:
    lines = {spot.id: _line(spot, beside) for spot in _shown(found)}
    first = tuple(lines[spot.id] for spot in found.rows[:SHOWN])
    has_more = found.next is not None and not beside.is_node
    return Hot(
        first=Some(first, max(count, len(found.rows)), is_more=has_more),
        new=tuple(lines[spot.id] for spot in _new(found)),
    )


def _line(spot: Hotspot, beside: _Beside) -> HotLine:
    key = spot.id or 0
    trend = tuple(beside.counts.get(key, {}).get(day, 0) for day in beside.days)
    notes = beside.noted.of(node_id=key) if beside.is_node else beside.noted.of(resource_id=key)
    why = beside.why.get(key)
    hottest = spot.hottest
    return HotLine(
        name=spot.name,
        site=spot.site,
        environment=spot.environment,
        corrections=spot.corrections,
        before=spot.corrections_before,
        trend=trend,
        days=sum(count > 0 for count in trend[-_WEEK:]),
        nodes=spot.nodes,
        runs=spot.runs,
        corrected_runs=spot.corrected_runs,
        share_of_runs=spot.share_of_runs,
        heat=spot.heat,
        risk=spot.risk,
        pattern=Word(spot.pattern.name.lower(), PATTERNS[spot.pattern].label) if spot.pattern else None,
        evidence=hottest.evidence if hottest else None,
        reasons=spot.reasons,
        hottest=hottest.name if hottest else None,
        hottest_site=hottest.site if hottest else None,
        last_correction_at=spot.last_correction_at,
        why=_why(why) if why else None,
        is_muted=muted_until(notes) is not None,
        is_clock_wrong=spot.is_clock_wrong,
    )


def _why(last: LastCorrection) -> Why:
    return Why(
        resource=last.resource,
        node=last.node,
        at=last.at,
        cause=Word(last.cause.name.lower(), CAUSES[last.cause].label),
        source=CAUSE_SOURCES[last.cause_source] if last.cause_source else None,
        reason=last.reason,
        property=last.property,
        old=last.old,
        new=last.new,
    )
