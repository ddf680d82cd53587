"""A query about changes as a condition on change: newest first, by the resource's own index, or by the nodes' keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q

from reports.run import Cause, Status
from reports.search.conditions import Reader, any_of, condition, moment_is, name_holds, name_is
from reports.search.on_runs import of_nodes, word_is
from reports.search.query import Query, Term
from reports.search.resources import find_resource_ids, type_is
from reports.store.tables import Resource


def condition_on_changes(query: Query, now: datetime) -> Q:
    """The changes that a query about CHANGES means. Raises BadQuery where a resource in it means too many."""
    return condition(query, READERS, now)


def _resource(term: Term, _now: datetime) -> Q:
    """By the index change_resource."""
    return Q(resource_id__in=find_resource_ids(term))


def _type(term: Term, _now: datetime) -> Q:
    """Each change asks its resource by key, or the type's resources by the index resource_name are asked first."""
    kinds = any_of(type_is(value.pattern) for value in term.values)
    return Q(resource_id__in=Resource.objects.filter(kinds).values("id"))


def _cause(term: Term, _now: datetime) -> Q:
    return Q(cause__in=[Cause[str(value.meaning).upper()] for value in term.values])


def _status(term: Term, _now: datetime) -> Q:
    return Q(status__in=[Status[str(value.meaning).upper()] for value in term.values])


READERS: Final[Mapping[str, Reader]] = {
    "": of_nodes(name_holds("name")),
    "node": of_nodes(name_is("name")),
    "env": name_is("environment"),
    "site": of_nodes(name_is("site")),
    "tool": word_is("tool"),
    "resource": _resource,
    "type": _type,
    "property": name_is("property"),
    "cause": _cause,
    "status": _status,
    "at": moment_is("at"),
}
