"""A query about resources as a condition on resource. What is asked of nodes and counts is a set of ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, cast

from django.db.models import Q

from reports.errors import BadQuery
from reports.rollups.heat import stored_heat
from reports.rollups.tables import NodeResource, ResourceDay, ResourceEnvironment, ResourceState
from reports.run import Pattern
from reports.search.changed import all_at_once, changed_is
from reports.search.conditions import Reader, any_of, compare, condition, holds_for_none, muted_is, name_is
from reports.search.on_runs import of_nodes
from reports.search.query import WILD, Query, Sign, Term, Value
from reports.search.resources import resource_is, title_holds, title_is, type_is
from reports.search.values import TOO_LITTLE, may_be_words
from reports.sql import load

FIND_MUTED = load(__file__, "find_muted_resources")


def condition_on_resources(query: Query, now: datetime) -> Q:
    """The resources that a query about RESOURCES means. Raises BadQuery where no index can find a title."""
    return condition(query, READERS, now)


def _bare(term: Term, _now: datetime) -> Q:
    """`File[/etc/motd]` is that resource, `/etc/*` how a title begins, and anything else a part of one."""
    return any_of(_bare_is(value) for value in term.values)


def _bare_is(value: Value) -> Q:
    kind, bracket, rest = value.pattern.partition("[")
    if kind and bracket and rest.endswith("]") and not rest.startswith((WILD, "]")):
        return type_is(kind) & title_is(rest[:-1])
    if not value.is_exact:
        return _title_is(value)
    if not may_be_words(value.pattern):
        raise BadQuery(TOO_LITTLE, value.start, value.end)
    return title_holds(value.pattern)


def _resource(term: Term, _now: datetime) -> Q:
    return any_of(resource_is(value) for value in term.values)


def _type(term: Term, _now: datetime) -> Q:
    return any_of(type_is(value.pattern) for value in term.values)


def _title(term: Term, _now: datetime) -> Q:
    return any_of(_title_is(value) for value in term.values)


def _title_is(value: Value) -> Q:
    if value.pattern.startswith(WILD):
        raise BadQuery(
            "Say how the title begins, as in title:/etc/*, or write a word of it alone.", value.start, value.end
        )
    return title_is(value.pattern)


def _env(term: Term, now: datetime) -> Q:
    rows = ResourceEnvironment.objects.filter(name_is("environment")(term, now))
    return Q(id__in=rows.values("resource_id"))


def _corrections(term: Term, _now: datetime) -> Q:
    """Of the resources that were ever corrected, one row each."""
    return any_of(_state("corrections", term.sign, cast("int", value.meaning), value.meaning) for value in term.values)


def _heat(term: Term, now: datetime) -> Q:
    """By the index resource_state_hottest."""
    conditions = []
    for value in term.values:
        count = cast("float", value.meaning)
        conditions.append(_state("heat", term.sign, stored_heat(max(count, 1e-9), now), count))
    return any_of(conditions)


def _state(column: str, sign: Sign, bound: float, number: object) -> Q:
    """What was never corrected has no row; it counts as nought."""
    asked = Q(**{column: bound}) if sign is Sign.IS else compare(column, sign, bound)
    if holds_for_none(sign, cast("float", number)):
        return ~Q(id__in=ResourceState.objects.filter(~asked).values("resource_id"))
    return Q(id__in=ResourceState.objects.filter(asked).values("resource_id"))


def _pattern(term: Term, _now: datetime) -> Q:
    """By the index node_resource_pattern."""
    patterns = [Pattern[str(value.meaning).upper()] for value in term.values]
    return Q(id__in=NodeResource.objects.filter(pattern__in=patterns).values("resource_id"))


def _node(term: Term, now: datetime) -> Q:
    """By the nodes' own keys."""
    rows = NodeResource.objects.filter(of_nodes(name_is("name"))(term, now))
    return Q(id__in=rows.values("resource_id"))


READERS: Final[Mapping[str, Reader]] = {
    "": _bare,
    "resource": _resource,
    "type": _type,
    "title": _title,
    "env": _env,
    "corrections": _corrections,
    "heat": _heat,
    "pattern": _pattern,
    "node": _node,
    "muted": muted_is("id", FIND_MUTED),
    "changed": changed_is(ResourceDay, all_at_once("id", "resource_id")),  # by the index resource_day_day
}
