"""Which runs were there, and how did they end?"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from reports.analysis.counting import Count, count_up_to
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.run import Outcome
from reports.search.on_runs import condition_on_runs
from reports.search.query import Query
from reports.store.tables import Node, Run

NEWEST_FIRST = Keyset((("at", datetime.fromisoformat), ("node_id", int), ("id", UUID)), is_descending=True)
OLDEST_FIRST = replace(NEWEST_FIRST, is_descending=False)


class RunOrder(enum.StrEnum):
    """By their start, both ways; what orders is `at`, which differs from it only where a clock is wrong."""

    NEWEST = "-started_at"
    OLDEST = "started_at"


@dataclass(frozen=True, slots=True)
class RunFilter:
    """What to list; None and empty mean any. From `since` on, and before `until`.

    `q` is a query about runs, in the language of reports/search; all of it has to hold beside the rest.
    """

    site: str | None = None
    node: str | None = None
    tool: str | None = None
    environment: str | None = None
    outcomes: frozenset[Outcome] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    q: Query | None = None


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Resources by how they ended, then changes by their cause."""

    total: int
    unchanged: int
    changed: int
    failed: int
    skipped: int
    pending: int
    corrective: int
    intended: int
    first_build: int
    repeated: int
    triggered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list.

    `started_at` is what the node claims; `at` is what the run is ordered by, and differs where that clock is wrong.
    """

    id: UUID
    node_id: int
    site: str
    node: str
    tool: str
    environment: str | None
    at: datetime
    started_at: datetime
    ended_at: datetime | None
    received_at: datetime
    duration_seconds: float | None
    outcome: Outcome | None
    noop: bool
    code_version: str | None
    is_clock_wrong: bool
    counts: RunCounts


def list_runs(
    wanted: RunFilter,
    now: datetime,
    *,
    order: RunOrder = RunOrder.NEWEST,
    cursor: str | None = None,
    limit: int = 100,
) -> Slice[RunLine]:
    """Runs, newest first unless asked otherwise. Walks the index on `at` between `since` and `until`; with a node, the
    node's own key.

    A filter that few runs pass reads on towards `since`, so a page that offers filters must also set a window.
    """
    keyset = NEWEST_FIRST if order is RunOrder.NEWEST else OLDEST_FIRST
    found = take_slice(Run.objects.filter(_condition(wanted, now)), keyset, cursor=cursor, limit=limit)
    return Slice(describe_runs(found.rows), found.next, found.previous)


def count_runs(wanted: RunFilter, now: datetime) -> Count | None:
    """How many runs that are, up to a bound; None where no index tells, for that would read the whole window.

    All runs, those of one node, and those that ended in some way have an index.
    """
    if not wanted.node and (wanted.site or wanted.tool or wanted.environment or wanted.q):
        return None
    return count_up_to(Run.objects.filter(_condition(wanted, now)), key="node_id")


def _condition(wanted: RunFilter, now: datetime) -> Q:
    condition = within(wanted.since, wanted.until) & of_nodes(site=wanted.site, node=wanted.node)
    if wanted.tool:
        condition &= Q(tool=wanted.tool)
    if wanted.environment:
        condition &= Q(environment=wanted.environment)
    if wanted.outcomes:
        condition &= Q(outcome__in=sorted(wanted.outcomes))
    if wanted.q:
        condition &= condition_on_runs(wanted.q, now)
    return condition


def within(since: datetime | None, until: datetime | None) -> Q:
    """The condition of a window on `at`, open at the end."""
    condition = Q()
    if since:
        condition &= Q(at__gte=since)
    if until:
        condition &= Q(at__lt=until)
    return condition


def of_nodes(*, site: str | None, node: str | None) -> Q:
    """The condition on `node_id` for a site, a name, or a name in a site.

    A name is looked up first, so that PostgreSQL sees the few ids and takes the node's own key.
    """
    if node:
        named = Node.objects.filter(name=node)
        return Q(node_id__in=list((named.filter(site=site) if site else named).values_list("id", flat=True)))
    if site:
        return Q(node_id__in=Node.objects.filter(site=site).values("id"))
    return Q()


def describe_runs(runs: Iterable[Run]) -> tuple[RunLine, ...]:
    """The lines of these runs, in the order given; one look-up for the names of their nodes."""
    runs = tuple(runs)
    nodes = Node.objects.in_bulk({run.node_id for run in runs})
    return tuple(describe_run(run, nodes[run.node_id]) for run in runs)


def describe_run(run: Run, node: Node) -> RunLine:
    """One run of one node as a line."""
    started_at = run.claimed_at or run.at
    duration = None if run.duration_ms is None else timedelta(milliseconds=run.duration_ms)
    return RunLine(
        id=run.id,
        node_id=run.node_id,
        site=node.site,
        node=node.name,
        tool=run.tool,
        environment=run.environment,
        at=run.at,
        started_at=started_at,
        ended_at=None if duration is None else started_at + duration,
        received_at=run.received_at,
        duration_seconds=None if duration is None else duration.total_seconds(),
        outcome=None if run.outcome is None else Outcome(run.outcome),
        noop=run.noop,
        code_version=run.code_version,
        is_clock_wrong=run.claimed_at is not None,
        counts=count_run(run),
    )


def count_run(run: Run) -> RunCounts:
    """The counters of one run; what is NULL is none."""
    return RunCounts(
        total=run.total,
        unchanged=run.unchanged,
        changed=run.changed or 0,
        failed=run.failed or 0,
        skipped=run.skipped or 0,
        pending=run.pending or 0,
        corrective=run.corrective or 0,
        intended=run.intended or 0,
        first_build=run.first_build or 0,
        repeated=run.repeated or 0,
        triggered=run.triggered or 0,
        unknown=run.unknown or 0,
    )
