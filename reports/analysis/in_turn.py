"""Lists of several parts, one part after the other: what no single index has in one order, several have in turn.

The hottest nodes have an index, and so have nodes by name; nodes by heat are the one, and then those without heat by
the other. All parts are asked for in one statement, each bounded by what a page can show of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet, Value

from reports.analysis.paging import Key, Keyset, Slice, lay_slice, read_cursor


def take_in_turn(
    parts: Sequence[QuerySet[Any, Any]],
    keyset: Keyset,
    *,
    cursor: str | None,
    limit: int,
    is_one_by_one: bool = False,
) -> Slice[Any]:
    """The rows that `cursor` points to in the parts, each of them ordered by `keyset`.

    Parts of one table give whole rows; parts of several, nothing but the columns of the keyset, by name. At worst
    `limit` rows are read of each part, and where a filter is passed by few, as many more as it leaves out. Where that
    is too dear for a part that most pages never reach, `is_one_by_one` asks for a part only when those before it end.
    """
    whole = _with_part(keyset)
    is_backward, key = read_cursor(cursor, whole) if cursor else (False, None)
    branches = list(_branches(parts, keyset, key, is_backward=is_backward, limit=limit))
    if len({rows.model for rows in parts}) > 1:
        branches = [rows.values_list(*whole.names(), named=True) for rows in branches]
    if not branches:
        return Slice(())
    if is_one_by_one or len(branches) == 1:
        found = _one_by_one(branches[::-1] if is_backward else branches, limit + 1)
    else:
        first, *others = branches
        rows = first.union(*others, all=True).order_by(*whole.ordering(is_reversed=is_backward))
        found = list(rows[: limit + 1])
    return lay_slice(found, whole, is_backward=is_backward, has_cursor=cursor is not None, limit=limit)


def _one_by_one(branches: Sequence[QuerySet[Any, Any]], most: int) -> list[Any]:
    """So many rows of the first branches that have them; each is bounded by as many already."""
    found: list[Any] = []
    for rows in branches:
        found += rows
        if len(found) >= most:
            break
    return found[:most]


def _with_part(keyset: Keyset) -> Keyset:
    """The same order below the number of the part, which always counts up."""
    against = keyset.against | {"part"} if keyset.is_descending else keyset.against
    return replace(keyset, columns=(("part", int), *keyset.columns), against=against)


def _branches(
    parts: Sequence[QuerySet[Any, Any]], keyset: Keyset, key: Key | None, *, is_backward: bool, limit: int
) -> Iterator[QuerySet[Any, Any]]:
    """What is asked of each part that a page from `key` on can reach."""
    for part, rows in enumerate(parts):
        asked = rows
        if key is not None:
            if part != key[0] and (part > key[0]) == is_backward:
                continue
            if part == key[0]:
                asked = rows.filter(keyset.beyond(key[1:], is_reversed=is_backward))
        order = keyset.without_nulls() if part else keyset
        yield asked.annotate(part=Value(part)).order_by(*order.ordering(is_reversed=is_backward))[: limit + 1]
