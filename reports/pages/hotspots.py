"""Where corrections gather, by node, resource or environment, over a window; what is new, what repeats, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.choices import list_choices
from reports.analysis.forecast import find_forecast_quality
from reports.analysis.heatmap import (
    Counts,
    count_days_of_environments,
    count_days_of_nodes,
    count_days_of_resources,
    days_of,
)
from reports.analysis.hotspots import Hotspot
from reports.analysis.paging import Slice
from reports.analysis.ranking import SUBJECTS, By, Order, rank_hotspots
from reports.analysis.window import Window, last_days
from reports.errors import BadQuery
from reports.pages.asked import Filter, Pager, Tab, count_filled, text_asked, turn_pages, turn_tabs
from reports.pages.heatmap import Heatmap, Line, draw_days
from reports.pages.hotspot_beside import Beside, list_beside
from reports.pages.hotspot_question import (
    BY,
    ORDERS,
    Question,
    filters_of,
    hidden_of,
    read_question,
    read_without_query,
    window_tabs,
)
from reports.pages.hotspot_rows import HotspotRow
from reports.pages.listing import bare_query, export_links
from reports.pages.page import Page, show
from reports.pages.query_field import QueryField, QueryProblem
from reports.pages.saved_views import ViewMenu, short_menu
from reports.people.looking import sees_a_part
from reports.people.notes import Noted, find_noted

LINES: Final = 30
DRAWN_LINES: Final = 30
DRAWN_DAYS: Final = 92
RANKED: Final = {By.NODE: "Nodes", By.RESOURCE: "Resources, over all nodes", By.ENVIRONMENT: "Environments"}
FEWEST_DRAWN_DAYS: Final = 28  # a day alone shows nothing, and a week no habit


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotsPage(Page):
    """`days` is None where nothing was corrected in its window. `quality` is how well the risk did. `hidden`: what the
    form carries along unseen. `whole` leads to the same page without its query.
    """

    field: QueryField
    by: str
    what: str
    order: str
    by_tabs: tuple[Tab, ...]
    window_tabs: tuple[Tab, ...]
    order_tabs: tuple[Tab, ...]
    window: str | None
    span: Window
    last_day: date
    hidden: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    environment: str | None
    is_filtered: bool
    filled: int
    clear: str
    rows: tuple[HotspotRow, ...]
    noted: Noted
    pager: Pager
    exports: tuple[tuple[str, str], ...]
    views: ViewMenu
    quality: str | None
    days: Heatmap | None
    drawn_days: int
    beside: Beside
    whole: str


@require_safe
def hotspots(request: HttpRequest) -> HttpResponse:
    """The page at `/hotspots/`; 400 where a word of the query means nothing, with the word marked."""
    page = build_hotspots(request.GET, timezone.now(), sees_a_part=sees_a_part(request))
    return show(request, "hotspots", page, status=BadQuery.status if page.field.problem else 200)


def build_hotspots(query: QueryDict, now: datetime, *, sees_a_part: bool = False) -> HotspotsPage:
    """Raises BadQuestion for a filter or cursor that means nothing; not for a query."""
    question, found, problem = _answer(query, now)
    hottest = max((spot.heat or 0.0 for spot in found.rows), default=0.0)
    rows = tuple(HotspotRow.of(spot, question, hottest_heat=hottest) for spot in found.rows)
    quality = find_forecast_quality() if question.by is By.NODE else None
    drawn = _drawn(question.span, now)
    beside = Beside(list_choices()) if problem else list_beside(question, now, sees_a_part=sees_a_part)
    filters = filters_of(question, beside.choices)
    return HotspotsPage(
        title="Hotspots",
        section="hotspots",
        now=now,
        field=QueryField(SUBJECTS[question.by].name, query.get("q", ""), problem),
        by=question.by.value,
        what=RANKED[question.by],
        order=_tell_order(question),
        by_tabs=_by_tabs(question),
        window_tabs=window_tabs(query, question),
        order_tabs=turn_tabs(query, "order", ORDERS, chosen=question.order.value) if question.by is By.NODE else (),
        window=question.window,
        span=question.span,
        last_day=question.span.end_day - timedelta(days=1),
        hidden=hidden_of(question),
        filters=filters,
        environment=question.wanted.environment,
        is_filtered=question.is_filtered or problem is not None,
        filled=count_filled(query, ("since", "until", *(one.name for one in filters))),
        clear=question.link(by=question.by.value),
        rows=rows,
        noted=_find_noted(rows, beside, question, now),
        pager=turn_pages(query, found),
        exports=export_links(query),
        views=short_menu("hotspots", bare_query(query)),
        quality=quality.sentence if quality else None,
        days=_draw(rows[:DRAWN_LINES], question, drawn),
        drawn_days=drawn.days,
        beside=beside,
        whole=_whole(query),
    )


def _answer(query: QueryDict, now: datetime) -> tuple[Question, Slice[Hotspot], QueryProblem | None]:
    """What is asked and ranked; nothing where a word of the query means nothing, and then which one."""
    try:
        question = read_question(query, now)
    except BadQuery as error:
        return read_without_query(query, now), Slice(()), QueryProblem.of(query.get("q", ""), error)
    cursor = text_asked(query, "cursor")
    found = rank_hotspots(question.by, question.wanted, order=question.order, now=now, cursor=cursor, limit=LINES)
    return question, found, None


def _whole(query: QueryDict) -> str:
    """The same page without its query, from the first row on."""
    turned = query.copy()
    for name in ("q", "cursor"):
        turned.pop(name, None)
    return f"?{turned.urlencode()}"


def _find_noted(rows: tuple[HotspotRow, ...], beside: Beside, question: Question, now: datetime) -> Noted:
    """About what is ranked, what is hottest in it, and what stands beside. An environment has no notes of its own."""
    ids = {row.spot.id for row in rows if row.spot.id is not None}
    pairs = [row.pair for row in rows if row.pair]
    nodes = ids if question.by is By.NODE else {pair.node_id for pair in pairs}
    resources = ids if question.by is By.RESOURCE else {pair.resource_id for pair in pairs}
    return find_noted(now, nodes=nodes | beside.node_ids, resources=resources | beside.resource_ids)


def _tell_order(question: Question) -> str:
    if question.order is Order.RISK:
        return "likeliest to need a correction or to fail within seven days first"
    if question.wanted.pattern:
        return "most often seen first, corrected or not"
    if question.span.is_current and question.by is not By.ENVIRONMENT:
        return "hottest first: a correction counts half after seven days"
    return "most corrections first"


def _by_tabs(question: Question) -> tuple[Tab, ...]:
    """The same span and environment by something else; what applies to one alone is left behind."""
    return tuple(
        Tab(label, question.link(by=by, environment=question.wanted.environment), by == question.by.value)
        for by, label in BY.items()
    )


def _drawn(span: Window, now: datetime) -> Window:
    """The days to draw: at least four weeks, at most a quarter."""
    if span.is_current and not span.is_whole_days:
        span = last_days(1, now)
    return span.last(min(max(span.days, FEWEST_DRAWN_DAYS), DRAWN_DAYS))


def _draw(rows: tuple[HotspotRow, ...], question: Question, span: Window) -> Heatmap | None:
    counts = _count_days([row.spot for row in rows], question, span)
    return draw_days((_line(row, counts) for row in rows), days_of(span))


def _count_days(spots: list[Hotspot], question: Question, span: Window) -> Counts:
    if question.by is By.ENVIRONMENT:
        return count_days_of_environments(span)
    ids = [spot.id for spot in spots if spot.id is not None]
    if question.by is By.NODE:
        return count_days_of_nodes(ids, span)
    return count_days_of_resources(ids, span, environment=question.wanted.environment)


def _line(row: HotspotRow, counts: Counts) -> Line:
    key = row.spot.name if row.spot.id is None else row.spot.id
    return Line(row.name, row.link, row.all_corrections_link, counts.get(key, {}))
