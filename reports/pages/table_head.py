"""Which columns of a list are shown, and the head of its table: links that sort, and the choice of columns."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

from reports.errors import BadQuestion
from reports.pages.columns import Column, on_page

COOKIE: Final = "fleetview_columns_"  # and the name of the list
BETWEEN: Final = "."  # in the cookie: what a cookie may hold as it is, and no name of a column does


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of one column. `sorts` is the link that sorts by it; `sorted` says which way it is sorted now."""

    column: Column
    sorts: str | None
    sorted: str | None  # for aria-sort


@dataclass(frozen=True, slots=True)
class Group:
    """A head over several columns; an empty one over those that need none."""

    label: str
    span: int


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column that can be left out."""

    column: Column
    is_shown: bool


@dataclass(frozen=True, slots=True)
class TableHead:
    """`shows` tells of every column, by its name, whether it is there. `is_usual`: nobody chose any."""

    headings: tuple[Heading, ...]
    groups: tuple[Group, ...]
    shows: Mapping[str, bool]
    choices: tuple[ColumnChoice, ...]
    is_usual: bool


def columns_asked(columns: Sequence[Column], query: QueryDict) -> tuple[Column, ...] | None:
    """Those that `?columns=` names, in their own order; None where it names none. Raises BadQuestion."""
    names = {name for value in query.getlist("columns") for name in value.split(",") if name}
    unknown = sorted(names - {column.name for column in columns})
    if unknown:
        known = ", ".join(column.name for column in columns)
        raise BadQuestion(f"columns: there is no {unknown[0][:80]}; choose from {known}")
    return tuple(column for column in columns if column.name in names) if names else None


def columns_shown(request: HttpRequest, page: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those that the address names, else those that this browser keeps, else the usual ones."""
    shown = on_page(columns)
    asked = columns_asked(columns, request.GET)
    if asked is not None:
        return tuple(column for column in shown if column in asked or column.is_fixed)
    kept = set(request.COOKIES.get(f"{COOKIE}{page}", "").split(BETWEEN)) & {column.name for column in shown}
    if kept:
        return tuple(column for column in shown if column.name in kept or column.is_fixed)
    return tuple(column for column in shown if column.is_usual or column.is_fixed)


def lay_head(
    columns: Sequence[Column], shown: Collection[Column], query: QueryDict | None = None, *, order: str = ""
) -> TableHead:
    """The head over the columns shown, for a list in this order; without a query, for one that cannot be sorted."""
    there = [column for column in on_page(columns) if column in shown]
    groups = tuple(Group(label, len(list(of))) for label, of in itertools.groupby(there, lambda one: one.group))
    return TableHead(
        headings=tuple(Heading(column, _link(column, query, order), _sorted(column, order)) for column in there),
        groups=groups if any(group.label for group in groups) else (),
        shows={column.name: column in shown for column in columns},
        choices=tuple(ColumnChoice(one, one in shown) for one in on_page(columns) if not one.is_fixed),
        is_usual=[column for column in on_page(columns) if column.is_usual or column.is_fixed] == there,
    )


def _link(column: Column, query: QueryDict | None, order: str) -> str | None:
    """The list in the order that a click should bring, from its first row on; None where that is the present one."""
    orders = column.orders
    if query is None or not orders or orders == (order,):
        return None
    wanted = orders[(orders.index(order) + 1) % len(orders)] if order in orders else orders[0]
    turned = query.copy()
    turned.pop("cursor", None)
    turned["sort"] = wanted
    return f"?{turned.urlencode()}"


def _sorted(column: Column, order: str) -> str | None:
    if order not in column.orders:
        return None
    return "descending" if order.startswith("-") else "ascending"
