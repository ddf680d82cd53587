"""The incident window: every change of all tools in a span of time, on all nodes or some, and what else moved then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.incident import IncidentWindow, find_incident
from reports.analysis.incident_question import IncidentQuestion, Only
from reports.errors import BadQuery
from reports.pages.asked import Pager, Tab, text_asked, turn_pages
from reports.pages.incident_asked import SPANS, AskedIncident, read_incident
from reports.pages.incident_rows import EventRow, FactRow, FailureRow, FoldedRow, MomentList, VersionRow, tell_moments
from reports.pages.incident_strip import Strip, draw_strip
from reports.pages.listing import export_links
from reports.pages.page import Page, show
from reports.pages.query_field import QueryField, QueryProblem
from reports.pages.viewer import look_of
from reports.pages.words import OUTCOMES, Word
from reports.people.notes import Noted, find_noted
from reports.search.subjects import NODES

LINES: Final = 30
CHIPS: Final = {
    Only.NEW: "Only new",
    Only.FAILURES: "Failures",
    Only.CORRECTIONS: "Corrections",
    Only.INTENDED: "Intended changes",
}


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """So many runs ended like that."""

    word: Word
    count: int


@dataclass(frozen=True, slots=True)
class IncidentForm:
    """What the form holds: the times as the browser's own input wants them, in the viewer's zone."""

    since: str
    until: str
    zone: str
    nodes: str
    hidden: tuple[tuple[str, str], ...]  # what the page narrows and orders its changes by


@dataclass(frozen=True, slots=True)
class Around:
    """Other windows: the moving ones, and the spans of the same length before and after this one."""

    quick: tuple[Tab, ...]
    before: str
    after: str
    freeze: str | None  # None where it is fixed already
    exports: tuple[tuple[str, str], ...]  # the changes of this very window, as files
    brief: str  # the form that asks for all of this very window as a PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage(Page):
    """The form alone, where a word of the query means nothing."""

    question: IncidentQuestion
    field: QueryField
    form: IncidentForm
    around: Around


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPage(IncidentPage):
    """`window` is the whole answer; beside it stand its lines as the page shows them."""

    window: IncidentWindow
    outcomes: tuple[OutcomeCount, ...]
    strip: Strip
    chips: tuple[Tab, ...]
    orders: tuple[Tab, ...]
    rows: tuple[FoldedRow, ...]
    pager: Pager
    failures: tuple[FailureRow, ...]
    versions: tuple[VersionRow, ...]
    moments: tuple[MomentList, ...]
    facts: tuple[FactRow, ...]
    events: tuple[EventRow, ...]
    noted: Noted


@require_safe
def incident(request: HttpRequest) -> HttpResponse:
    """The page at `/incident/`."""
    page = build_incident(request.GET, timezone.now(), zone=look_of(request).zone)
    return show(request, "incident", page, status=BadQuery.status if page.field.problem else 200)


def build_incident(query: QueryDict, now: datetime, *, zone: str = "UTC") -> IncidentPage:
    """Raises BadQuestion; not for a query, whose wrong word is marked at its field."""
    text = query.get("q", "")
    try:
        asked = read_incident(query, now, zone=zone)
        window = find_incident(asked.question, now, cursor=text_asked(query, "cursor"), limit=LINES)
    except BadQuery as error:
        problem = QueryProblem.of(text, error)
    else:
        return _lay_window(query, asked, window)
    without = query.copy()
    without.pop("q")
    asked = read_incident(without, now, zone=zone)
    return IncidentPage(**_lay_form(query, asked, now), field=QueryField(NODES.name, text, problem))


def _lay_window(query: QueryDict, asked: AskedIncident, window: IncidentWindow) -> WindowPage:
    return WindowPage(
        **_lay_form(query, asked, window.told_at),
        field=QueryField(NODES.name, asked.question.q),
        window=window,
        outcomes=tuple(OutcomeCount(OUTCOMES[outcome], count) for outcome, count in window.runs.outcomes),
        strip=draw_strip(asked, window.runs.slices),
        chips=_chips(asked),
        orders=_orders(asked),
        rows=tuple(FoldedRow.of(folded, asked) for folded in window.changes.page.rows),
        pager=turn_pages(query, window.changes.page),
        failures=tuple(FailureRow.of(failure) for failure in window.failures.first),
        versions=tuple(VersionRow.of(version) for version in window.versions.first),
        moments=tell_moments(window.nodes),
        facts=tuple(FactRow.of(fact) for fact in window.inventory.first),
        events=tuple(EventRow.of(event) for event in window.events),
        noted=_find_noted(window),
    )


def _find_noted(window: IncidentWindow) -> Noted:
    changes = [folded.change for folded in window.changes.page.rows]
    nodes = {change.node_id for change in changes} | {moment.node_id for moment in window.nodes.named}
    resources = {change.resource_id for change in changes} | {event.resource_id for event in window.events}
    return find_noted(window.told_at, nodes=nodes, resources=resources)


def _lay_form(query: QueryDict, asked: AskedIncident, now: datetime) -> dict[str, Any]:
    """What both pages have."""
    return {
        "title": "Incident window",
        "section": "incident",
        "now": now,
        "question": asked.question,
        "form": _form(query, asked),
        "around": _around(asked),
    }


def _form(query: QueryDict, asked: AskedIncident) -> IncidentForm:
    question = asked.question
    since, until = (f"{moment.astimezone(asked.zone):%Y-%m-%dT%H:%M}" for moment in (question.since, question.until))
    hidden = tuple((name, value) for name in ("only", "order") for value in query.getlist(name) if value)
    return IncidentForm(since, until, asked.zone.key, "\n".join(question.nodes), hidden)


def _around(asked: AskedIncident) -> Around:
    since, until = asked.question.since, asked.question.until
    span = until - since
    quick = tuple(
        Tab(
            f"last {hours} h" if hours > 1 else "last hour",
            asked.link(last=last),
            last == asked.last,
        )
        for last, hours in SPANS.items()
    )
    return Around(
        quick=quick,
        before=asked.at(since - span, since),
        after=asked.at(until, until + span),
        freeze=asked.freeze() if asked.last else None,
        exports=export_links(QueryDict(asked.freeze().partition("?")[2])),
        brief=f"{reverse('brief_of_incident')}?{asked.freeze().partition('?')[2]}",
    )


def _chips(asked: AskedIncident) -> tuple[Tab, ...]:
    only = asked.question.only
    return tuple(
        Tab(label, f"{asked.link(only=sorted(one.value for one in only ^ {chip}))}#changes", chip in only)
        for chip, label in CHIPS.items()
    )


def _orders(asked: AskedIncident) -> tuple[Tab, ...]:
    is_newest = asked.question.is_newest_first
    return (
        Tab("Oldest first", f"{asked.link(order=None)}#changes", not is_newest),
        Tab("Newest first", f"{asked.link(order='newest')}#changes", is_newest),
    )
