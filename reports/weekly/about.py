"""What is printed on a brief about itself: its period and scope, and what it cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from reports.analysis.window_nodes import NodeMoves
from reports.weekly.brief import About
from reports.weekly.looking_at import Asked
from reports.weekly.scope import Scope, ScopeKind
from reports.weekly.week import IsoWeek

OF_A_PART = "only what whoever asked for it may see"


def describe(scope: Scope, week: IsoWeek, asked: Asked, moves: NodeMoves, *, is_part: bool) -> About:
    """Asks nothing: `moves` were counted of the nodes of the scope."""
    now = asked.now
    return About(
        scope=scope.label,
        scope_kind=scope.kind.value,
        query=scope.text if scope.kind is ScopeKind.QUERY else "",
        week=str(week),
        first_day=asked.window.first_day,
        last_day=asked.window.end_day - timedelta(days=1),
        since=week.since,
        until=week.until,
        zone="UTC",
        is_over=week.is_over(now),
        told_at=now,
        cut_off=moves.cut_off,
        is_part=is_part,
        filters=tuple(_tell_filters(scope, is_part=is_part)),
        unknown=tuple(_tell_unknown(scope, week, asked, is_part=is_part)),
        node_count=moves.nodes,
        version=settings.FLEETVIEW_VERSION,
    )


def _tell_filters(scope: Scope, *, is_part: bool) -> Iterator[str]:
    if scope.kind is ScopeKind.ENVIRONMENT:
        yield f"environment: {scope.environment}"
    elif scope.kind is ScopeKind.QUERY:
        yield f"nodes that this query finds at the time of making: {scope.text or '(all)'}"
    if is_part:
        yield OF_A_PART


def _tell_unknown(scope: Scope, week: IsoWeek, asked: Asked, *, is_part: bool) -> Iterator[str]:
    if week.is_over(asked.now):
        yield (
            "Heat, risk and patterns, what fails, who is silent and what repeats are told as of making: what they were "
            "at the end of the week is not kept."
        )
    else:
        yield "The week is not over: it is told up to the cut-off, beside the whole week before."
    if week.since < asked.now - timedelta(days=settings.FLEETVIEW_RETENTION_DAYS):
        yield (
            "Runs and changes of the week are no longer kept: its counts are, the messages of failed runs and the "
            "reasons of corrections are not."
        )
    if scope.kind is ScopeKind.ENVIRONMENT:
        yield (
            "Runs, corrections and hotspots count for the environment that a node was in then; what fails, who is "
            "silent, what repeats and what is muted, for nodes that are in it now."
        )
    if scope.kind is ScopeKind.QUERY:
        yield "All weeks are counted from the nodes that the query finds now, whatever it would have found then."
    if not asked.are_counts_whole:
        yield "Hours are not kept of each node, so the hours of the week are left out; a fleet event needs five nodes."
    if scope.kind is not ScopeKind.FLEET or is_part:
        yield "The intake and the quality of the forecast are told of the whole fleet."
