"""Keyset pages: the rows beyond a key, so that the thousandth page costs what the first one costs."""

from __future__ import annotations

import base64
import binascii
import functools
import json
import math
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from reports.errors import BadQuestion
from reports.store.text import clean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=Model)

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Slice(Generic[T_co]):
    """Some rows of a list, and the cursors of the rows after and before them; None where there are none."""

    rows: tuple[T_co, ...]
    next: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Keyset:
    """The order of a list: columns that together are unique, each with the reader of its text in a cursor.

    One direction for all columns lets an index walk them in one go; those `against` it are sorted among the few rows
    that are equal in the columns before. Of a list in several parts (see in_turn.py) a column of `nullable` is NULL
    throughout all parts but the first, where it says nothing about the order; no other column may be.
    """

    columns: tuple[tuple[str, Callable[[str], Any]], ...]
    is_descending: bool = False
    against: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()

    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    def without_nulls(self) -> Keyset:
        """The order where all that may be NULL is: PostgreSQL would sort by it, and pass over the index."""
        return replace(self, columns=tuple(column for column in self.columns if column[0] not in self.nullable))

    def ordering(self, *, is_reversed: bool) -> list[str]:
        return [f"-{name}" if self._descends(name, is_reversed) else name for name in self.names()]

    def beyond(self, key: Key, *, is_reversed: bool) -> Q:
        """Strictly after `key` in this order (before it, when reversed).

        The first column is bounded once more outside the alternatives: an index, and the choice of partitions, can use
        that bound, and can make nothing of an OR.
        """
        told = [(name, value) for name, value in zip(self.names(), key, strict=True) if value is not None]
        words = ["lt" if self._descends(name, is_reversed) else "gt" for name, _ in told]
        alternatives = (
            Q(**dict(told[:place]), **{f"{name}__{words[place]}": value}) for place, (name, value) in enumerate(told)
        )
        first, bound = told[0]
        return Q(**{f"{first}__{words[0]}e": bound}) & functools.reduce(operator.or_, alternatives)

    def read(self, texts: Sequence[object]) -> Key:
        """The key that these texts of a cursor stand for. Raises ValueError and TypeError."""
        return tuple(
            None if text is None and name in self.nullable else read(_text(text))
            for (name, read), text in zip(self.columns, texts, strict=True)
        )

    def _descends(self, name: str, is_reversed: bool) -> bool:
        return (self.is_descending != (name in self.against)) != is_reversed


def take_slice(rows: QuerySet[M], keyset: Keyset, *, cursor: str | None, limit: int) -> Slice[M]:
    """The `limit` rows that `cursor` points to; without one the first rows. Raises BadQuestion for a broken one."""
    is_backward, key = read_cursor(cursor, keyset) if cursor else (False, None)
    if key is not None:
        rows = rows.filter(keyset.beyond(key, is_reversed=is_backward))
    found = list(rows.order_by(*keyset.ordering(is_reversed=is_backward))[: limit + 1])
    return lay_slice(found, keyset, is_backward=is_backward, has_cursor=cursor is not None, limit=limit)


def walk(find: Callable[[str | None], Slice[T]]) -> Iterator[tuple[T, ...]]:
    """All rows of a list, one slice after the other: each a statement of its own, so that none is held open.

    What comes in meanwhile is met where it stands beyond the place that was reached, and moves nothing.
    """
    cursor: str | None = None
    while True:
        found = find(cursor)
        yield found.rows
        if found.next is None:
            return
        cursor = found.next


def lay_slice(found: Sequence[T], keyset: Keyset, *, is_backward: bool, has_cursor: bool, limit: int) -> Slice[T]:
    """The slice of rows `found` in walking order, one more of them than `limit` when there are more."""
    has_more = len(found) > limit
    kept = tuple(found[:limit])
    if is_backward:
        kept = kept[::-1]
    if not kept:
        return Slice(())
    key_of = operator.attrgetter(*keyset.names())
    return Slice(
        rows=kept,
        next=write_cursor(key_of(kept[-1])) if has_more or is_backward else None,
        previous=write_cursor(key_of(kept[0]), is_backward=True) if (has_more if is_backward else has_cursor) else None,
    )


def write_cursor(key: object, *, is_backward: bool = False) -> str:
    """A key as text that is safe in a URL. A key of one column may come bare."""
    columns = key if isinstance(key, tuple) else (key,)
    texts = [None if column is None else _write(column) for column in columns]
    return base64.urlsafe_b64encode(json.dumps([is_backward, *texts]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, keyset: Keyset) -> tuple[bool, Key]:
    """Whether it walks backward, and the key it starts from."""
    refusal = BadQuestion("cursor: not one that this list gave out; start again without it")
    try:
        is_backward, *texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        key = keyset.read(texts)
    except (ValueError, TypeError, binascii.Error) as broken:
        raise refusal from broken
    if not all(map(_is_comparable, key)):
        raise refusal
    return bool(is_backward), key


def _write(column: object) -> str:
    return column.isoformat() if isinstance(column, datetime) else str(column)


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError("a cursor holds texts")
    return text


def _is_comparable(value: object) -> bool:
    """Whether PostgreSQL can compare a column with it; a forged cursor may hold anything."""
    match value:
        case str():
            return clean(value) == value
        case int():
            return -(2**63) <= value < 2**63
        case float():
            return not math.isnan(value)  # infinity is what a node that was never corrected is ordered by
        case datetime():
            return value.tzinfo is not None
        case _:
            return True
