"""The page of a list: its form, its table and its pages, from the declaration of the list and a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict

from reports.analysis.choices import list_choices
from reports.analysis.counting import Count
from reports.analysis.paging import Slice
from reports.errors import BadQuery
from reports.pages.asked import Choice, Filter, Pager, count_filled, drop_down, text_asked, turn_pages
from reports.pages.listing import Listing, Question, Ticks, bare_query, export_links, read_question
from reports.pages.page import Page, show
from reports.pages.query_field import QueryField, QueryProblem
from reports.pages.saved_views import ViewMenu, menu_of
from reports.pages.table_head import TableHead, columns_shown, lay_head
from reports.pages.windows import USUAL_WINDOW, WINDOWS, read_window, widen
from reports.pages.words import Word
from reports.people.notes import Noted, find_noted

_OF_THE_PAGE: Final = ("cursor", "columns", "sort")  # what a query string may hold beside filters


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
    """`is_filtered` tells an empty answer from an empty fleet. `hidden`: what the form carries along unseen.
    `filled`: how many of its fields beside the query hold something; the usual window goes without saying."""

    listing: Listing
    field: QueryField
    ticks: tuple[TickRow, ...]
    texts: tuple[TypedField, ...]
    hidden: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    is_filtered: bool
    filled: int
    span: Span | None
    order: str
    head: TableHead
    rows: tuple[Any, ...]
    noted: Noted
    count: str
    pager: Pager
    exports: tuple[tuple[str, str], ...]
    query: str
    views: ViewMenu


def show_list(listing: Listing, request: HttpRequest, now: datetime) -> HttpResponse:
    """The page of a list. With a query that means nothing it is empty, and says so at the field."""
    page = build_list(listing, request, now)
    return show(request, listing.page, page, status=BadQuery.status if page.field.problem else 200)


def build_list(listing: Listing, request: HttpRequest, now: datetime) -> ListPage:
    """Raises BadQuestion for a filter, order or cursor that means nothing; not for a query."""
    query = request.GET
    question, found, problem = _answer(listing, query, now)
    filters = _filters(listing, query, question.wanted)
    shown = columns_shown(request, listing.page, listing.columns)
    return ListPage(
        title=listing.title,
        section=listing.page,
        now=now,
        listing=listing,
        field=QueryField(listing.subject.name, query.get("q", ""), problem),
        ticks=tuple(_tick_row(ticks, question.wanted) for ticks in listing.ticks),
        texts=tuple(_typed_fields(listing, query)),
        hidden=_hidden(listing, query),
        filters=filters,
        filled=_count_filled(listing, query, filters),
        is_filtered=any(query.get(name) for name in query if name not in _OF_THE_PAGE),
        span=_span(listing, query, question.wanted),
        order=listing.orders[question.order],
        head=lay_head(listing.columns, shown, query, order=question.order),
        rows=tuple(listing.row(line) for line in found.rows),
        noted=_find_noted(listing, found.rows, now),
        count="not searched" if problem else tell_count(listing, question, found),
        pager=turn_pages(query, found),
        exports=export_links(query),
        query=bare_query(query),
        views=menu_of(request, listing.page, bare_query(query)),
    )


def _answer(listing: Listing, query: QueryDict, now: datetime) -> tuple[Question, Slice[Any], QueryProblem | None]:
    """What is asked and found; nothing where a word of the query means nothing, and then which one."""
    try:
        question = read_question(listing, query, now)
        return question, listing.find(question), None
    except BadQuery as error:
        problem = QueryProblem.of(query.get("q", ""), error)
    without = query.copy()
    without.pop("q")
    return read_question(listing, without, now), Slice(()), problem


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


def _filters(listing: Listing, query: QueryDict, wanted: Any) -> tuple[Filter, ...]:  # noqa: ANN401
    filters = tuple(listing.drop_downs(wanted, list_choices()))
    if not listing.has_window:
        return filters
    return (*filters, drop_down("window", "Window", WINDOWS, chosen=read_window(query)))


def _count_filled(listing: Listing, query: QueryDict, filters: Iterable[Filter]) -> int:
    names = {ticks.name for ticks in listing.ticks} | {text.name for text in listing.texts}
    names |= {one.name for one in filters}
    return count_filled(query, names) - (query.get("window") == USUAL_WINDOW)


def _typed_fields(listing: Listing, query: QueryDict) -> Iterator[TypedField]:
    for text in listing.texts:
        value = query.get(text.name, "")
        if text.is_usual or value:
            yield TypedField(text.name, text.label, value)


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
    is_exact = is_exact or bool(wanted.q and wanted.q.asks("at"))
    return Span(
        window="" if is_exact else WINDOWS[window],
        since=wanted.since if is_exact else None,
        until=wanted.until,
        wider="" if window == "all" or is_exact else widen(query),
    )
