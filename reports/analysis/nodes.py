"""Which nodes are there, and how are they?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from reports.analysis.counting import Count, count_up_to
from reports.analysis.heat import heat_now
from reports.analysis.node_order import NodeOrder, take_nodes
from reports.analysis.paging import Slice
from reports.analysis.runs import RunCounts
from reports.analysis.status import NodeStatus, having_status, status_of
from reports.rollups.tables import NodeState
from reports.search.on_nodes import condition_on_nodes
from reports.search.query import Query
from reports.sql import load

DESCRIBE_NODES = load(__file__, "describe_nodes")
CORRECTED_DAYS: Final = 7  # UTC days, today included


@dataclass(frozen=True, slots=True)
class NodeFilter:
    """What to list; None and empty mean any. `search` is any part of the name, in either case. `failure` is what the
    nodes that fail have in common, as reports/analysis/failures.py tells it.

    `q` is a query about nodes, in the language of reports/search; all of it has to hold beside the rest.
    """

    statuses: frozenset[NodeStatus] = frozenset()
    site: str | None = None
    environment: str | None = None
    tool: str | None = None
    search: str | None = None
    failure: int | None = None
    q: Query | None = None


@dataclass(frozen=True, slots=True)
class NodeLine:
    """One node in a list.

    `heat` counts its corrections, each worth half after seven days; None: never corrected. `risk`: of a correction or
    failure within seven days, its weightiest reason first; None: not foretold yet.
    `last_counts` are those of the run that gave the status; None where there is none, or it is no longer kept.
    """

    node_id: int
    site: str
    name: str
    tools: tuple[str, ...]
    environment: str | None
    status: NodeStatus
    first_seen_at: datetime
    last_run_at: datetime | None
    last_run_id: UUID | None
    last_received_at: datetime
    unfinished_since: datetime | None
    is_clock_wrong: bool
    corrections_7d: int
    heat: float | None
    last_counts: RunCounts | None = None
    risk: float | None = None
    risk_reasons: tuple[str, ...] = ()


def list_nodes(
    wanted: NodeFilter,
    now: datetime,
    *,
    order: NodeOrder = NodeOrder.NAME,
    cursor: str | None = None,
    limit: int = 100,
) -> Slice[NodeLine]:
    """The nodes, by name unless asked otherwise. Reads node_state along an index, and of those shown a week of days.

    A search, or a filter that few nodes pass, reads on until the page is full: at worst all of node_state once,
    which is one narrow row a node (10,000 nodes: a few milliseconds).
    """
    condition = _condition(wanted, now)
    found = take_nodes(condition, order, now, cursor=cursor, limit=limit, statuses=wanted.statuses)
    return Slice(describe_nodes(found.rows, now), found.next, found.previous)


def count_nodes(wanted: NodeFilter, now: datetime) -> Count:
    """How many nodes that are, up to a bound: at worst all of node_state once."""
    return count_up_to(NodeState.objects.filter(_condition(wanted, now)), key="node_id")


def _condition(wanted: NodeFilter, now: datetime) -> Q:
    condition = having_status(wanted.statuses, now)
    if wanted.site:
        condition &= Q(site=wanted.site)
    if wanted.environment:
        condition &= Q(environment=wanted.environment)
    if wanted.tool:
        condition &= Q(tools__contains=[wanted.tool])
    if wanted.failure is not None:
        condition &= Q(failure=wanted.failure)
    if wanted.search:
        condition &= Q(name__icontains=wanted.search)
    if wanted.q:
        condition &= condition_on_nodes(wanted.q, now)
    return condition


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told of a node that its state does not hold."""

    corrections_7d: int = 0
    risk: float | None = None
    risk_reasons: tuple[str, ...] = ()
    last_counts: RunCounts | None = None


def describe_nodes(states: Sequence[NodeState], now: datetime) -> tuple[NodeLine, ...]:
    """The lines of these nodes, in the order given: one question by key for all of them together."""
    beside = _find_beside([state.node_id for state in states], now) if states else {}
    return tuple(describe_node(state, beside.get(state.node_id, Beside()), now) for state in states)


def describe_node(state: NodeState, beside: Beside, now: datetime) -> NodeLine:
    """One node as a line."""
    return NodeLine(
        node_id=state.node_id,
        site=state.site,
        name=state.name,
        tools=tuple(state.tools),
        environment=state.environment,
        status=status_of(state.status, state.last_received_at, now),
        first_seen_at=state.first_seen_at,
        last_run_at=state.last_run_at,
        last_run_id=state.last_run_id,
        last_received_at=state.last_received_at,
        unfinished_since=state.unfinished_since,
        is_clock_wrong=state.is_clock_wrong,
        corrections_7d=beside.corrections_7d,
        heat=heat_now(state.heat, now),
        last_counts=beside.last_counts,
        risk=beside.risk,
        risk_reasons=beside.risk_reasons,
    )


def first_corrected_day(now: datetime) -> date:
    """The first of the days whose corrections are told beside a node."""
    return now.date() - timedelta(days=CORRECTED_DAYS - 1)


def _find_beside(node_ids: list[int], now: datetime) -> dict[int, Beside]:
    with connection.cursor() as database:
        database.execute(DESCRIBE_NODES, {"node_ids": node_ids, "since": first_corrected_day(now)})
        return {
            node_id: Beside(corrections, risk, tuple(reasons or ()), None if counts[0] is None else RunCounts(*counts))
            for node_id, corrections, risk, reasons, *counts in database.fetchall()
        }
