"""Where corrections gather, by node, resource or environment, over a window; what is new, what repeats, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.forecast import find_forecast_quality
from reports.analysis.heatmap import (
    Counts,
    count_days_of_environments,
    count_days_of_nodes,
    count_days_of_resources,
    count_hours_of_week,
    days_of,
)
from reports.analysis.hotspots import Hotspot
from reports.analysis.new_hotspots import NewHotspot, list_new_nodes, list_new_resources
from reports.analysis.ranking import By, Order, rank_hotspots
from reports.analysis.repeaters import list_repeaters
from reports.analysis.window import Window, last_days
from reports.pages.asked import Filter, Pager, Tab, text_asked, turn_pages, turn_tabs
from reports.pages.heatmap import Heatmap, Line, draw_days, draw_week
from reports.pages.hotspot_question import BY, ORDERS, Question, filters_of, read_question, window_tabs
from reports.pages.hotspot_rows import EventRow, HotspotRow, NewRow, RepeaterRow
from reports.pages.listing import bare_query, export_links
from reports.pages.page import Page, show
from reports.pages.saved_views import ViewMenu, short_menu
from reports.people.notes import Noted, find_noted

LINES: Final = 30
DRAWN_LINES: Final = 30
DRAWN_DAYS: Final = 92
RANKED: Final = {By.NODE: "Nodes", By.RESOURCE: "Resources, over all nodes", By.ENVIRONMENT: "Environments"}
FEWEST_DRAWN_DAYS: Final = 28  # a day alone shows nothing, and a week no habit


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the ranking: what is new in it, what repeats, and what hit many nodes at once."""

    new: tuple[NewRow, ...]
    repeaters: tuple[RepeaterRow, ...]
    events: tuple[EventRow, ...]

    @property
    def node_ids(self) -> set[int]:
        return {row.node_id for row in self.new if row.node_id is not None}

    @property
    def resource_ids(self) -> set[int]:
        new = {row.resource_id for row in self.new if row.resource_id is not None}
        repeating = {row.repeater.resource_id for row in self.repeaters}
        return new | repeating | {row.event.resource_id for row in self.events}


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotsPage(Page):
    """`days` is None where nothing was corrected in its window, so is `week`. `quality` is how well the risk did."""

    by: str
    what: str
    order: str
    by_tabs: tuple[Tab, ...]
    window_tabs: tuple[Tab, ...]
    order_tabs: tuple[Tab, ...]
    window: str | None
    span: Window
    last_day: date
    filters: tuple[Filter, ...]
    environment: str | None
    is_filtered: bool
    clear: str
    rows: tuple[HotspotRow, ...]
    noted: Noted
    pager: Pager
    exports: tuple[tuple[str, str], ...]
    views: ViewMenu
    quality: str | None
    days: Heatmap | None
    drawn_days: int
    week: Heatmap | None
    new: tuple[NewRow, ...]
    repeaters: tuple[RepeaterRow, ...]
    events: tuple[EventRow, ...]


@require_safe
def hotspots(request: HttpRequest) -> HttpResponse:
    """The page at `/hotspots/`."""
    return show(request, "hotspots", build_hotspots(request.GET, timezone.now()))


def build_hotspots(query: QueryDict, now: datetime) -> HotspotsPage:
    """Raises BadQuestion for a filter or cursor that means nothing."""
    question = read_question(query, now)
    wanted, environment = question.wanted, question.wanted.environment
    cursor = text_asked(query, "cursor")
    found = rank_hotspots(question.by, wanted, order=question.order, now=now, cursor=cursor, limit=LINES)
    hottest = max((spot.heat or 0.0 for spot in found.rows), default=0.0)
    rows = tuple(HotspotRow.of(spot, question, hottest_heat=hottest) for spot in found.rows)
    quality = find_forecast_quality() if question.by is By.NODE else None
    drawn, beside = _drawn(question.span, now), _list_beside(question, now)
    return HotspotsPage(
        title="Hotspots",
        section="hotspots",
        now=now,
        by=question.by.value,
        what=RANKED[question.by],
        order=_tell_order(question),
        by_tabs=_by_tabs(question),
        window_tabs=window_tabs(query, question),
        order_tabs=turn_tabs(query, "order", ORDERS, chosen=question.order.value) if question.by is By.NODE else (),
        window=question.window,
        span=question.span,
        last_day=question.span.end_day - timedelta(days=1),
        filters=filters_of(question),
        environment=environment,
        is_filtered=question.is_filtered,
        clear=question.link(by=question.by.value),
        rows=rows,
        noted=_find_noted(rows, beside, question, now),
        pager=turn_pages(query, found),
        exports=export_links(query),
        views=short_menu("hotspots", bare_query(query)),
        quality=quality.sentence if quality else None,
        days=_draw(rows[:DRAWN_LINES], question, drawn),
        drawn_days=drawn.days,
        week=draw_week(count_hours_of_week(question.span, environment=environment)),
        new=beside.new,
        repeaters=beside.repeaters,
        events=beside.events,
    )


def _list_beside(question: Question, now: datetime) -> Beside:
    events = list_fleet_events(question.span, environment=question.wanted.environment)
    return Beside(
        new=tuple(NewRow.of(new) for new in _list_new(question, now)),
        repeaters=tuple(RepeaterRow.of(repeater) for repeater in list_repeaters(now)),
        events=tuple(EventRow.of(event) for event in events),
    )


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


def _list_new(question: Question, now: datetime) -> tuple[NewHotspot, ...]:
    """Of what is ranked; for environments their nodes. Beside a window of the past this week is out of place."""
    if not question.span.is_current:
        return ()
    list_new = list_new_resources if question.by is By.RESOURCE else list_new_nodes
    return list_new(now, environment=question.wanted.environment)
