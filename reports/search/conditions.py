"""Terms into conditions of Django's: what all subjects share. Each says what it compares; only mutes are read first."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeAlias, cast

from django.db import connection
from django.db.models import Q

from reports.search.lookups import like_part, like_pattern
from reports.search.query import Query, Sign, Term
from reports.store.text import clean_name

# How a key's term becomes a condition at a moment.
Reader: TypeAlias = Callable[[Term, datetime], Q]

_WORDS: Final = {Sign.ABOVE: "__gt", Sign.AT_LEAST: "__gte", Sign.BELOW: "__lt", Sign.AT_MOST: "__lte"}
_OPPOSITE: Final = {Sign.ABOVE: Sign.AT_MOST, Sign.AT_LEAST: Sign.BELOW}
_DAY: Final = timedelta(days=1)

# A condition that nothing meets; Django then does not even ask.
NOTHING: Final = Q(pk__in=[])


def condition(query: Query, readers: Mapping[str, Reader], now: datetime) -> Q:
    """That all terms hold."""
    held = Q()
    for term in query.terms:
        read = readers[term.key](term, now)
        held &= ~read if term.is_not else read
    return held


def any_of(conditions: Iterable[Q]) -> Q:
    """That one of them holds; there is at least one."""
    return functools.reduce(operator.or_, conditions)


def name_is(column: str) -> Reader:
    """That the column is one of the names, whole and in these letters; an empty one: that nobody told any."""

    def read(term: Term, _now: datetime) -> Q:
        exact = [clean_name(value.pattern) for value in term.values if value.is_exact and value.pattern]
        conditions = [Q(**{f"{column}__in": exact})] if exact else []
        conditions += [
            Q(**{f"{column}__like": like_pattern(value.pattern)}) for value in term.values if not value.is_exact
        ]
        if any(not value.pattern for value in term.values):
            conditions.append(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))
        return any_of(conditions)

    return read


def name_holds(column: str) -> Reader:
    """That one of the bare words is part of the column, in either case."""

    def read(term: Term, _now: datetime) -> Q:
        return any_of(Q(**{f"{column}__ilike": like_part(value.pattern)}) for value in term.values)

    return read


def number_is(column: str) -> Reader:
    """How a number compares. NULL is none, as the store writes it: `:0`, `:<3` hold for it too."""

    def read(term: Term, _now: datetime) -> Q:
        if term.sign is Sign.IS:
            numbers = [cast("float", value.meaning) for value in term.values]
            held = Q(**{f"{column}__in": numbers})
            return held | Q(**{f"{column}__isnull": True}) if 0 in numbers else held
        return compare(column, term.sign, cast("float", term.values[0].meaning))

    return read


def compare(column: str, sign: Sign, number: float) -> Q:
    """`column sign number`, where no number at all is nought."""
    held = Q(**{f"{column}{_WORDS[sign]}": number})
    return held | Q(**{f"{column}__isnull": True}) if holds_for_none(sign, number) else held


def holds_for_none(sign: Sign, number: float) -> bool:
    """Whether nought compares so with the number."""
    match sign:
        case Sign.IS:
            return number == 0
        case Sign.BELOW:
            return number > 0
        case Sign.AT_MOST:
            return number >= 0
        case Sign.AT_LEAST:
            return number <= 0
        case _:
            return number < 0


def moment_is(column: str) -> Reader:
    """That the column lies in one of the spans."""

    def read(term: Term, now: datetime) -> Q:
        return any_of(within(column, *span) for span in spans(term, now))

    return read


def muted_is(column: str, find: str) -> Reader:
    """Whether it is among the few that somebody muted, whose ids this statement finds first."""

    def read(term: Term, now: datetime) -> Q:
        with connection.cursor() as database:
            database.execute(find, {"now": now})
            muted = Q(**{f"{column}__in": [key for (key,) in database.fetchall()]})
        return any_of(muted if value.meaning == "yes" else ~muted for value in term.values)

    return read


def within(column: str, since: datetime | None, until: datetime | None) -> Q:
    """From `since` on and before `until`, either may be open."""
    bounds: dict[str, Any] = {}
    if since is not None:
        bounds[f"{column}__gte"] = since
    if until is not None:
        bounds[f"{column}__lt"] = until
    return Q(**bounds)


def spans(term: Term, now: datetime) -> list[tuple[datetime | None, datetime | None]]:
    """The spans of time that a term asks for: from the first moment on, before the second.

    `<7d` and plain `7d` are the last seven days, `>7d` all before them; a day is whole, so that `>2026-11-01` begins
    with the day after it.
    """
    return [_span(term.sign, value.meaning, now) for value in term.values]


def _span(sign: Sign, meaning: object, now: datetime) -> tuple[datetime | None, datetime | None]:
    if isinstance(meaning, timedelta):
        is_older = sign in (Sign.ABOVE, Sign.AT_LEAST)
        return (None, now - meaning) if is_older else (now - meaning, None)
    if isinstance(meaning, datetime):
        begin, end = meaning, meaning + timedelta.resolution
    else:
        begin = datetime.combine(cast("date", meaning), time(), UTC)
        end = begin + _DAY
    match sign:
        case Sign.IS:
            return begin, end
        case Sign.ABOVE:
            return end, None
        case Sign.AT_LEAST:
            return begin, None
        case Sign.BELOW:
            return None, begin
        case _:
            return None, end
