"""What all lists share: a question in the query string, and what answers it.

Each list declares itself as a `Listing`; its page (list_page.py) and its files (export.py) go by that declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.http import QueryDict

from reports.analysis.choices import Choices
from reports.analysis.counting import Count
from reports.analysis.paging import Slice
from reports.errors import BadQuestion
from reports.pages.asked import Filter, drop_down, text_asked
from reports.pages.columns import Column
from reports.pages.query_field import query_asked
from reports.pages.windows import read_window, start_of
from reports.pages.words import Word
from reports.people.notes import Subject
from reports.search import keys

LINES: Final = 50


@dataclass(frozen=True, slots=True)
class Ticks:
    """Words to tick, any of which may hold. `field` is what the filter calls them."""

    name: str
    legend: str
    field: str
    words: Mapping[Any, Word]


@dataclass(frozen=True, slots=True)
class TextField:
    """A name to type. One that the query does as well is shown only where the address asks by it."""

    name: str
    label: str
    is_usual: bool = True


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
    through a window of time, and its filter has `since` and `until`. Every filter has `q`, a query about `subject`.
    """

    page: str
    title: str
    one: str
    many: str
    subject: keys.Subject
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


def read_question(listing: Listing, query: QueryDict, now: datetime) -> Question:
    """What the query string asks of the list. Raises BadQuestion."""
    order = text_asked(query, "sort") or next(iter(listing.orders))
    if order not in listing.orders:
        raise BadQuestion(f"sort: there is no {order[:80]}; choose from {', '.join(listing.orders)}")
    wanted = replace(listing.read(query), q=query_asked(query, listing.subject))
    if listing.has_window and not _has_times(wanted):
        wanted = replace(wanted, since=start_of(read_window(query), now))
    return Question(wanted, order, now, text_asked(query, "cursor"), LINES)


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


def _has_times(wanted: Any) -> bool:  # noqa: ANN401
    """Whether the question itself says of which time it is, and needs no window beside it."""
    return bool(wanted.since or wanted.until or (wanted.q and wanted.q.asks("at")))
