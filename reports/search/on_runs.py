"""A query about runs as a condition on run.

A run is listed newest first, so what most runs meet costs a page. A node is looked up first: few ids let PostgreSQL
take the nodes' own keys. What hardly any run meets reads on to the end of the window that the asker sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, cast

from django.db.models import Exists, OuterRef, Q

from reports.run import Outcome
from reports.search.conditions import (
    Reader,
    any_of,
    condition,
    moment_is,
    name_holds,
    name_is,
    number_is,
)
from reports.search.query import Query, Sign, Term
from reports.search.resources import find_resource_ids
from reports.store.tables import Change, Node

MOST_NODES: Final = 100  # up to so many go as a list of ids


def condition_on_runs(query: Query, now: datetime) -> Q:
    """The runs that a query about RUNS means. Raises BadQuery where a resource in it means too many."""
    return condition(query, READERS, now)


def of_nodes(read: Reader) -> Reader:
    """That the run, or change, is of one of the nodes that this reader means. One short look-up of nodes."""

    def read_nodes(term: Term, now: datetime) -> Q:
        nodes = Node.objects.filter(read(term, now)).values_list("id", flat=True)
        few = list(nodes[: MOST_NODES + 1])
        return Q(node_id__in=few if len(few) <= MOST_NODES else nodes)

    return read_nodes


def word_is(column: str) -> Reader:
    """That the column is one of the whole words."""
    return lambda term, _now: Q(**{f"{column}__in": [value.pattern for value in term.values]})


def _outcome(term: Term, _now: datetime) -> Q:
    """Other than unchanged and unfinished: by the index run_eventful."""
    words = [str(value.meaning) for value in term.values]
    ended = [Outcome[word.upper()] for word in words if word != "unfinished"]
    conditions = [Q(outcome__in=ended)] if ended else []
    return any_of([*conditions, Q(outcome__isnull=True)] if "unfinished" in words else conditions)


def _took(term: Term, _now: datetime) -> Q:
    word = {Sign.ABOVE: "gt", Sign.AT_LEAST: "gte", Sign.BELOW: "lt", Sign.AT_MOST: "lte"}[term.sign]
    spans = (cast("timedelta", value.meaning) for value in term.values)
    return any_of(Q(**{f"duration_ms__{word}": round(span.total_seconds() * 1000)}) for span in spans)


def _noop(term: Term, _now: datetime) -> Q:
    return Q(noop__in=[value.meaning == "yes" for value in term.values])


def _resource(term: Term, _now: datetime) -> Q:
    """From the resource's own index (change_resource), or for each run by its key, whichever is less."""
    of_run = Change.objects.filter(
        node_id=OuterRef("node_id"), at=OuterRef("at"), run_id=OuterRef("id"), resource_id__in=find_resource_ids(term)
    )
    return Q(Exists(of_run))


READERS: Final[Mapping[str, Reader]] = {
    "": of_nodes(name_holds("name")),
    "node": of_nodes(name_is("name")),
    "env": name_is("environment"),
    "site": of_nodes(name_is("site")),
    "tool": word_is("tool"),
    "outcome": _outcome,
    "at": moment_is("at"),
    "took": _took,
    "failed": number_is("failed"),
    "changed": number_is("changed"),
    "pending": number_is("pending"),
    "corrections": number_is("corrective"),
    "code": name_is("code_version"),
    "noop": _noop,
    "resource": _resource,
}
