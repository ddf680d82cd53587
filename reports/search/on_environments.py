"""A query about environments: there are few, so their names are held against it one by one, and nothing is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q

from reports.search.conditions import Reader, condition, name_holds, name_is
from reports.search.lookups import is_like
from reports.search.query import WILD, Query, Term, Value
from reports.store.text import clean_name


def condition_on_nodes_there(query: Query, now: datetime) -> Q:
    """The nodes in the environments that a query about ENVIRONMENTS means."""
    return condition(query, READERS, now)


def means_environment(query: Query, name: str) -> bool:
    """Whether a query about ENVIRONMENTS means the one of this name; an empty name: none was told."""
    return all(_holds(term, name) is not term.is_not for term in query.terms)


def _holds(term: Term, name: str) -> bool:
    holds = _is if term.key else _is_part
    return any(holds(value, name) for value in term.values)


def _is(value: Value, name: str) -> bool:
    """The whole name, in these letters."""
    return clean_name(value.pattern) == name if value.is_exact else is_like(value.pattern, name)


def _is_part(value: Value, name: str) -> bool:
    """A part of it, in either case; a star says where it is open."""
    pattern = f"{WILD}{value.pattern}{WILD}" if value.is_exact else value.pattern
    return is_like(pattern.casefold(), name.casefold())


READERS: Final[Mapping[str, Reader]] = {"": name_holds("environment"), "env": name_is("environment")}
