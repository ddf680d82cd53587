"""`changed:<7d` of nodes and of resources: whole days from their day rows, and what is left of the first day from the
changes themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from reports.run import Status
from reports.search.conditions import Reader, any_of, spans, within
from reports.search.query import Term
from reports.store.tables import Change

# How rows of days and, of a first day that is not whole, of changes become a condition on what they are of.
Meeting: TypeAlias = "Callable[[QuerySet[Any, Any], QuerySet[Change] | None], Q]"

_DAY: Final = timedelta(days=1)


def changed_is(days: type[Model], meet: Meeting) -> Reader:
    """That the last change lies so: `>7d` means that nothing changed since. `days`: day rows with `changes`."""

    def read(term: Term, now: datetime) -> Q:
        return any_of(_within(*span) for span in spans(term, now))

    def _within(since: datetime | None, until: datetime | None) -> Q:
        if since is None:
            return ~_within(until, None)
        midnight = datetime.combine(since.astimezone(UTC).date(), time(), UTC)
        whole_since = midnight if since == midnight else midnight + _DAY
        whole = Q(day__gte=whole_since.date(), changes__gt=0)
        if until is not None:
            whole &= Q(day__lt=until.date())
        edge = Change.objects.filter(within("at", since, whole_since), status=Status.SUCCESS)
        return meet(days._default_manager.filter(whole), None if since == midnight else edge)

    return read


def each_asked(column: str, key: str) -> Meeting:
    """Asks each row for one of its days by their key: costs a short look-up a row that is walked over, however long the
    time that is asked for. Of the first day, which is short, the ids are gathered at once."""

    def meet(whole: QuerySet[Any, Any], edge: QuerySet[Change] | None) -> Q:
        # Not EXISTS: of that the planner may make a table of all nodes, which costs the whole history to fill.
        first = Subquery(whole.filter(**{key: OuterRef(column)}).values(key)[:1])
        asked = Q(IsNull(first, False))
        return asked if edge is None else asked | Q(**{f"{column}__in": edge.values(key)})

    return meet


def all_at_once(column: str, key: str) -> Meeting:
    """Gathers the ids of all that changed in that time: costs the days asked for, and at most one of changes."""

    def meet(whole: QuerySet[Any, Any], edge: QuerySet[Change] | None) -> Q:
        # One set of ids, not one or the other: of an OR no index could be made use of.
        ids = whole.values(key)
        return Q(**{f"{column}__in": ids if edge is None else ids.union(edge.values(key), all=True)})

    return meet
