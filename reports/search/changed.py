"""`changed:<7d` of nodes and of resources: whole days from their day rows, and what is left of the first day from the
changes themselves. Costs the days asked for, and at most one day of changes."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet

from reports.run import Status
from reports.search.conditions import Reader, any_of, spans, within
from reports.search.query import Term
from reports.store.tables import Change

_DAY = timedelta(days=1)


def changed_is(column: str, *, key: str, days: type[Model]) -> Reader:
    """That the last change of what `column` names lies so: `>7d` means that nothing changed on it since.

    `key` is what it is called in `days` (day rows with `changes`) and in `change`.
    """

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
        changed: QuerySet[Any, Any] = days._default_manager.filter(whole).values(key)
        if since != midnight:
            # One set of ids, not one or the other: of an OR no index could be made use of.
            edge = Change.objects.filter(within("at", since, whole_since), status=Status.SUCCESS)
            changed = changed.union(edge.values(key), all=True)
        return Q(**{f"{column}__in": changed})

    return read
