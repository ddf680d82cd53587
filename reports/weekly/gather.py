"""A weekly brief, gathered: each part by the function of analysis that answers the same question on a page.

So its numbers are those on the screens for the same window. What is looked at is what whoever looks may see: called
inside `people.sight.seeing`, it holds that part of the fleet alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from reports.analysis.heatmap import days_of
from reports.analysis.window_nodes import NodeMoves, count_node_moves
from reports.people.sight import is_seeing_a_part
from reports.weekly.about import describe
from reports.weekly.beside import (
    gather_events,
    gather_failures,
    gather_forecast,
    gather_messages,
    gather_mutes,
    gather_repeaters,
    gather_silent,
)
from reports.weekly.brief import About, Counter, WeeklyBrief
from reports.weekly.counting import OUTCOME_WORDS, count_counters, count_days, count_hours
from reports.weekly.definitions import DEFINITIONS
from reports.weekly.hot import draw_heat_map, gather_environments, gather_hot_nodes, gather_hot_resources
from reports.weekly.intake_of_week import NO_INTAKE, gather_intake
from reports.weekly.lines import tell_lines, tell_subject
from reports.weekly.looking_at import Asked, Tell, looking_at_environment, looking_at_query, tell_nobody
from reports.weekly.parts import FailureLine, MessageLine, MuteLine, RepeaterLine, SilentLine, Some
from reports.weekly.scope import Scope, ScopeKind
from reports.weekly.week import IsoWeek


@dataclass(frozen=True, slots=True)
class _OfNodes:
    """What is asked of the nodes of the scope by questions that have no filter for an environment."""

    moves: NodeMoves
    failures: Some[FailureLine]
    messages: Some[MessageLine]
    silent: Some[SilentLine]
    repeaters: Some[RepeaterLine]
    mutes: Some[MuteLine]


def gather_weekly_brief(
    scope: Scope, week: IsoWeek, now: datetime, *, tell_progress: Tell = tell_nobody
) -> WeeklyBrief:
    """Some thirty statements. Raises BadQuestion for a week that has not begun, or a query that means nothing.

    Costs two weeks of fleet_hour and of node_day (a row a node and day), the failed runs of the week, the states of all
    nodes a few times, and else what it lists. Of a query's or an environment's nodes, or for who sees a part, counts of
    resources are summed from those of its nodes: see docs/decisions/visibility.md.
    """
    is_part = is_seeing_a_part()
    asked = Asked(
        window=week.window(now),
        now=now.astimezone(UTC),
        environment=scope.environment,
        are_counts_whole=not is_part and scope.kind is not ScopeKind.QUERY,
    )
    tell_progress(0, "looking at the intake")
    intake, forecast = gather_intake(asked), gather_forecast()
    with looking_at_query(scope, now):
        tell_progress(10, "looking at failures and silent nodes")
        with looking_at_environment(scope):
            of_nodes = _gather_of_nodes(asked)
        about = describe(scope, week, asked, of_nodes.moves, is_part=is_part)
        brief = replace(_gather(asked, of_nodes, about, tell_progress), intake=intake, forecast=forecast)
    tell_progress(100, "telling what matters")
    return replace(brief, lines=tell_lines(brief), subject=tell_subject(brief))


def _gather_of_nodes(asked: Asked) -> _OfNodes:
    moves = count_node_moves(asked.window, asked.now)
    return _OfNodes(
        moves=moves,
        failures=gather_failures(asked.now),
        messages=gather_messages(asked),
        silent=gather_silent(asked.now, moves),
        repeaters=gather_repeaters(asked.now),
        mutes=gather_mutes(asked),
    )


def _gather(asked: Asked, of_nodes: _OfNodes, about: About, tell_progress: Tell) -> WeeklyBrief:
    tell_progress(40, "counting runs")
    days = count_days(asked)
    counters = count_counters(days, asked)
    corrected = next(counter.number for counter in counters if counter.name == "corrected_nodes")
    tell_progress(60, "ranking nodes")
    nodes = gather_hot_nodes(asked, corrected=corrected)
    tell_progress(80, "ranking resources")
    resources = gather_hot_resources(asked)
    return WeeklyBrief(
        about=about,
        lines=(),
        counters=(*counters, *_count_moves(of_nodes.moves)),
        outcomes=OUTCOME_WORDS,
        days=days,
        nodes=nodes.first,
        new_nodes=nodes.new,
        environments=gather_environments(asked),
        resources=resources.first,
        new_resources=resources.new,
        heat_days=days_of(asked.both),
        heat_map=draw_heat_map(nodes.first),
        hours=count_hours(asked),
        events=gather_events(asked),
        failures=of_nodes.failures,
        messages=of_nodes.messages,
        silent=of_nodes.silent,
        repeaters=of_nodes.repeaters,
        mutes=of_nodes.mutes,
        forecast=None,
        intake=NO_INTAKE,
        definitions=DEFINITIONS,
        subject="",
    )


def _count_moves(moves: NodeMoves) -> tuple[Counter, ...]:
    return (
        Counter("first_seen", "nodes first heard of", moves.first_seen, None),
        Counter("gone_silent", "nodes gone silent in the week, and silent still", moves.gone_silent, None),
        Counter("silent", "silent nodes", moves.silent, None),
    )
