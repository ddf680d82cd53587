"""What does a query find at once among nodes, runs and resources?

Each subject is asked by itself. One that does not know a word of the query, or takes it for something else (`changed`
of a node is how long ago, of a run how much), is left out and says so; a word that means nothing to any is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar
from uuid import UUID

from reports.analysis.completion import EVERYTHING
from reports.analysis.heat import heat_now
from reports.analysis.resource import ResourceName
from reports.analysis.runs import RunFilter, RunLine, describe_runs, list_runs
from reports.analysis.status import NodeStatus, status_of
from reports.errors import BadQuery
from reports.rollups.tables import NodeState, ResourceState
from reports.search.keys import Subject
from reports.search.language import parse, unknown_keys
from reports.search.on_nodes import condition_on_nodes
from reports.search.on_resources import condition_on_resources
from reports.search.query import Query
from reports.search.subjects import NODES, RESOURCES, RUNS
from reports.store.tables import Resource, Run
from reports.store.text import clean_name

MOST: Final = 8  # of each subject
RUN_DAYS: Final = 7  # that runs are looked for in, unless the query names a time itself
_LOOKED_AT: Final = 200  # resources, among which the hottest come first

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoundNode:
    """A node, by name."""

    node_id: int
    name: str
    site: str
    environment: str | None
    status: NodeStatus
    last_received_at: datetime
    is_clock_wrong: bool


@dataclass(frozen=True, slots=True)
class FoundResource:
    """A resource; `heat` is None where it was never corrected."""

    resource: ResourceName
    corrections: int
    heat: float | None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The first of one subject. `has_more`: there are others. `left_out`: why it was not asked, in a sentence."""

    rows: tuple[T, ...] = ()
    has_more: bool = False
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`exact_*`: what goes by the query as its whole name or id. `runs_since`: what runs are looked for in."""

    nodes: Answer[FoundNode]
    runs: Answer[RunLine]
    resources: Answer[FoundResource]
    exact_nodes: tuple[FoundNode, ...]
    exact_runs: tuple[RunLine, ...]
    runs_since: datetime | None


def search_all(text: str, now: datetime) -> Found:
    """Raises BadQuery for a word that means nothing to any subject. Each is asked for nine rows: see on_nodes.py and
    so on for what that costs."""
    queries = [_read(text, subject) for subject in (NODES, RUNS, RESOURCES)]
    _refuse_if_all_do(text, queries)
    of_nodes, of_runs, of_resources = queries
    asks_time = isinstance(of_runs, Query) and of_runs.asks("at")
    since = None if asks_time else now - timedelta(days=RUN_DAYS)
    return Found(
        nodes=_answer(of_nodes, lambda query: _find_nodes(query, now)),
        runs=_answer(of_runs, lambda query: list_runs(RunFilter(since=since, q=query), now, limit=MOST + 1).rows),
        resources=_answer(of_resources, lambda query: _find_resources(query, now)),
        exact_nodes=_exact_nodes(text, now),
        exact_runs=_exact_runs(text),
        runs_since=since,
    )


def _read(text: str, subject: Subject) -> Query | BadQuery | str:
    """The query, or why there is none: an error, or the sentence of a subject that does not know a key."""
    strangers = unknown_keys(text, subject)
    if strangers:
        return f"{subject.name.capitalize()} are not searched by {' or '.join(strangers)}."
    try:
        return parse(text, subject)
    except BadQuery as error:
        return error


def _refuse_if_all_do(text: str, queries: list[Query | BadQuery | str]) -> None:
    if any(isinstance(query, Query) for query in queries):
        return
    for query in queries:
        if isinstance(query, BadQuery):
            raise query
    parse(text, EVERYTHING)  # raises where a key is known to none of them


def _answer(query: Query | BadQuery | str, find: Callable[[Query], Iterable[T]]) -> Answer[T]:
    if not isinstance(query, Query):
        return Answer(left_out=str(query))
    try:
        rows = tuple(find(query))
    except BadQuery as error:
        return Answer(left_out=str(error))
    return Answer(rows[:MOST], has_more=len(rows) > MOST)


def _find_nodes(query: Query, now: datetime) -> Iterable[FoundNode]:
    rows = NodeState.objects.filter(condition_on_nodes(query, now)).order_by("name", "site")
    return (_node(row, now) for row in rows[: MOST + 1])


def _node(row: NodeState, now: datetime) -> FoundNode:
    status = status_of(row.status, row.last_received_at, now)
    return FoundNode(row.node_id, row.name, row.site, row.environment, status, row.last_received_at, row.is_clock_wrong)


def _find_resources(query: Query, now: datetime) -> Iterable[FoundResource]:
    """The hottest of the first that are met: to sort all that a short word finds would cost more than it tells."""
    rows = Resource.objects.filter(condition_on_resources(query, now))[:_LOOKED_AT]
    named = {row.id: ResourceName(row.id, row.type, row.title) for row in rows}
    states = ResourceState.objects.in_bulk(named) if named else {}
    hottest = sorted(named, key=lambda key: (-states[key].heat if key in states else 0.0, named[key].name))
    for key in hottest[: MOST + 1]:
        state = states.get(key)
        heat = heat_now(state.heat, now) if state else None
        yield FoundResource(named[key], state.corrections if state else 0, heat)


def _exact_nodes(text: str, now: datetime) -> tuple[FoundNode, ...]:
    """The node that goes by this very text, in each site that has one."""
    name = clean_name(text.strip())
    return tuple(_node(row, now) for row in NodeState.objects.filter(name=name).order_by("site")[:MOST])


def _exact_runs(text: str) -> tuple[RunLine, ...]:
    try:
        run_id = UUID(text.strip())
    except ValueError:
        return ()
    return describe_runs(Run.objects.filter(id=run_id)[:MOST])
