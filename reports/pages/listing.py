"""What all lists share: a question in the query string, an answer in pages, and the frame that both are shown in.

Each list declares itself as a `Listing`; its page, its exports and its saved views all go by that declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, QueryDict

from reports.analysis.choices import Choices, list_choices
from reports.analysis.counting import Count
from reports.analysis.paging import Slice
from reports.errors import BadQuestion
from reports.pages.asked import Choice, Filter, Pager, drop_down, text_asked, turn_pages
from reports.pages.columns import Column
from reports.pages.page import Page
from reports.pages.table_head import TableHead, columns_shown, lay_head
from reports.pages.windows import WINDOWS, read_window, start_of, widen
from reports.pages.words import Word
from reports.people.notes import Noted, Subject, find_noted

LINES: Final = 100
_OF_THE_PAGE: Final = ("cursor", "columns", "sort")  # what a query string may hold beside filters


@dataclass(frozen=True, slots=True)
class Ticks:
    """Words to tick, any of which may hold. `field` is what the filter calls them."""

    name: str
    legend: str
    field: str
    words: Mapping[Any, Word]


@dataclass(frozen=True, slots=True)
class TextField:
    """A name to type."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a list: which rows, in which order, and from where on."""

    wanted: Any
    order: str
    now: datetime
    cursor: str | None
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list. `page` names its URL and its template; `orders` are what it can be sorted by, the usual one first.

    `read` turns the query string into a filter, `find` answers a question, `row` makes a line ready for the template.
    `count` counts, or gives None where that would cost more than the list itself. `has_window`: it is looked at
    through a window of time, and its filter has `since` and `until`.
    """

    page: str
    title: str
    one: str
    many: str
    columns: tuple[Column, ...]
    orders: Mapping[str, str]  # in words
    read: Callable[[QueryDict], Any]
    find: Callable[[Question], Slice[Any]]
    count: Callable[[Question], Count | None]
    row: Callable[[Any], Any]
    ticks: tuple[Ticks, ...] = ()
    texts: tuple[TextField, ...] = ()
    drop_downs: Callable[[Any, Choices], Iterable[Filter]]
    has_window: bool = False
    about: Callable[[Any], Subject] | None = None  # what notes about a line are found by


@dataclass(frozen=True, slots=True)
class Box:
    """One word to tick."""

    word: Word
    choice: Choice


@dataclass(frozen=True, slots=True)
class TickRow:
    """A set of boxes."""

    name: str
    legend: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class TypedField:
    """A text field with what stands in it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Span:
    """The window that is looked through, in words; `since` and `until` where the address names them instead."""

    window: str
    since: datetime | None
    until: datetime | None
    wider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """`is_filtered` tells an empty answer from an empty fleet. `hidden`: what the form carries along unseen."""

    listing: Listing
    ticks: tuple[TickRow, ...]
    texts: tuple[TypedField, ...]
    hidden: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    is_filtered: bool
    span: Span | None
    order: str
    head: TableHead
    rows: tuple[Any, ...]
    noted: Noted
    count: str
    pager: Pager
    exports: tuple[tuple[str, str], ...]
    query: str


def build_list(listing: Listing, request: HttpRequest, now: datetime) -> ListPage:
    """Raises BadQuestion for a filter, order or cursor that means nothing."""
    query = request.GET
    question = read_question(listing, query, now)
    found = listing.find(question)
    shown = columns_shown(request, listing.page, listing.columns)
    return ListPage(
        title=listing.title,
        section=listing.page,
        now=now,
        listing=listing,
        ticks=tuple(_tick_row(ticks, question.wanted) for ticks in listing.ticks),
        texts=tuple(TypedField(text.name, text.label, query.get(text.name, "")) for text in listing.texts),
        hidden=_hidden(listing, query),
        filters=_filters(listing, query, question.wanted),
        is_filtered=any(query.get(name) for name in query if name not in _OF_THE_PAGE),
        span=_span(listing, query, question.wanted),
        order=listing.orders[question.order],
        head=lay_head(listing.columns, shown, query, order=question.order),
        rows=tuple(listing.row(line) for line in found.rows),
        noted=_find_noted(listing, found.rows, now),
        count=tell_count(listing, question, found),
        pager=turn_pages(query, found),
        exports=export_links(query),
        query=bare_query(query),
    )


def read_question(listing: Listing, query: QueryDict, now: datetime) -> Question:
    """What the query string asks of the list. Raises BadQuestion."""
    order = text_asked(query, "sort") or next(iter(listing.orders))
    if order not in listing.orders:
        raise BadQuestion(f"sort: there is no {order[:80]}; choose from {', '.join(listing.orders)}")
    wanted = listing.read(query)
    if listing.has_window and not (wanted.since or wanted.until):
        wanted = replace(wanted, since=start_of(read_window(query), now))
    return Question(wanted, order, now, text_asked(query, "cursor"), LINES)


def _find_noted(listing: Listing, lines: Iterable[Any], now: datetime) -> Noted:
    about = [listing.about(line) for line in lines] if listing.about else []
    nodes = {subject.node_id for subject in about if subject.node_id is not None}
    return find_noted(now, nodes=nodes, resources={one.resource_id for one in about if one.resource_id is not None})


def tell_count(listing: Listing, question: Question, found: Slice[Any]) -> str:
    """How many rows there are, in words. Where all of them are on this page, no one has to count."""
    if found.next is None and found.previous is None:
        count = Count(len(found.rows))
    else:
        count = listing.count(question) or Count(len(found.rows), is_more=True)
    noun = listing.one if count == Count(1) else listing.many
    return f"{'more than ' if count.is_more else ''}{count.number:,} {noun}"


def bare_query(query: QueryDict) -> str:
    """The question without the page of it that is shown."""
    turned = query.copy()
    turned.pop("cursor", None)
    return turned.urlencode()


def export_links(query: QueryDict) -> tuple[tuple[str, str], ...]:
    """Where the same question is answered whole, as a file: label and address, beside the list's own."""
    asked = bare_query(query)
    return tuple((kind.upper(), f"export.{kind}{'?' if asked else ''}{asked}") for kind in ("csv", "json"))


def drop_downs_of_place(wanted: Any, choices: Choices) -> tuple[Filter, ...]:  # noqa: ANN401 - any filter that has them
    """Environment, tool and site. A site is worth a filter only where there are several."""
    filters = (
        drop_down("environment", "Environment", choices.environments, chosen=wanted.environment),
        drop_down("tool", "Tool", choices.tools, chosen=wanted.tool),
        drop_down("site", "Site", choices.sites, chosen=wanted.site),
    )
    return filters if len(filters[2].choices) > 1 else filters[:2]


def _filters(listing: Listing, query: QueryDict, wanted: Any) -> tuple[Filter, ...]:  # noqa: ANN401
    filters = tuple(listing.drop_downs(wanted, list_choices()))
    if not listing.has_window:
        return filters
    return (*filters, drop_down("window", "Window", WINDOWS, chosen=read_window(query)))


def _tick_row(ticks: Ticks, wanted: Any) -> TickRow:  # noqa: ANN401
    chosen = getattr(wanted, ticks.field)
    boxes = (
        Box(word, Choice(member.name.lower(), word.label, member in chosen)) for member, word in ticks.words.items()
    )
    return TickRow(ticks.name, ticks.legend, tuple(boxes))


def _hidden(listing: Listing, query: QueryDict) -> tuple[tuple[str, str], ...]:
    """What the form has no field for, and should hold when it is sent: the order, and what our links carry.

    Not a span of its own: the drop-down of windows takes its place.
    """
    fields = {"cursor", "environment", "tool", "site", "window", "since", "until", "pattern", "q"}
    fields |= {ticks.name for ticks in listing.ticks} | {text.name for text in listing.texts}
    return tuple((name, str(query[name])) for name in query if name not in fields and query[name])


def _span(listing: Listing, query: QueryDict, wanted: Any) -> Span | None:  # noqa: ANN401
    if not listing.has_window:
        return None
    window, is_exact = read_window(query), bool(text_asked(query, "since") or text_asked(query, "until"))
    return Span(
        window=WINDOWS[window],
        since=wanted.since if is_exact else None,
        until=wanted.until,
        wider="" if window == "all" or is_exact else widen(query),
    )
