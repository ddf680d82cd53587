"""Walk a long list by the key of its rows: however deep in the list, a slice costs as much as its own rows.

A question takes a `Cursor` (None: from the start), asks `after` for one row more than it shows, and gives `cut` the
rows it got. The key must be unique and all of it sorted one way, or the walk would skip rows or show some twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

Key: TypeAlias = tuple[Any, ...]
Row = TypeVar("Row")
Table = TypeVar("Table", bound=Model)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the key of the row beside it, and whether to walk back from there."""

    key: Key
    is_backward: bool = False


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows of a list in the list's order, and where to go on. None: nothing more on that side."""

    rows: tuple[Row, ...]
    next: Cursor | None = None
    previous: Cursor | None = None


def after(
    rows: QuerySet[Table], key: tuple[str, ...], *, cursor: Cursor | None, limit: int, descending: bool = False
) -> QuerySet[Table]:
    """The rows beyond the cursor, one more than `limit`, nearest first (so a backward walk comes in reverse)."""
    is_downward = descending != (cursor is not None and cursor.is_backward)
    if cursor is not None:
        beyond = TupleLessThan if is_downward else TupleGreaterThan
        rows = rows.filter(beyond(Tuple(*key), cursor.key))
    return rows.order_by(*(f"-{column}" if is_downward else column for column in key))[: limit + 1]


def cut(found: Iterable[Row], key_of: Callable[[Row], Key], *, cursor: Cursor | None, limit: int) -> Slice[Row]:
    """The slice made of what `after` found: the surplus row is dropped, and told of as a neighbour."""
    rows = list(found)
    has_more, has_less = len(rows) > limit, cursor is not None
    rows = rows[:limit]
    if cursor is not None and cursor.is_backward:
        rows.reverse()
        has_more, has_less = has_less, has_more
    if not rows:
        return Slice(())
    return Slice(
        tuple(rows),
        next=Cursor(key_of(rows[-1])) if has_more else None,
        previous=Cursor(key_of(rows[0]), is_backward=True) if has_less else None,
    )
