"""The changes of an incident window that stand behind one line of it, node by node."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.changes_alike import ChangeName, list_changes_alike
from reports.analysis.incident_question import IncidentQuestion, find_span
from reports.errors import BadQuestion
from reports.pages.asked import Pager, name_asked, text_asked, turn_pages
from reports.pages.incident_asked import read_incident
from reports.pages.page import Page, show
from reports.pages.rows import ChangeRow
from reports.pages.viewer import look_of
from reports.people.notes import Noted, find_noted

LINES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePage(Page):
    """`first` is the change of the line; `window` leads back to it."""

    question: IncidentQuestion
    window: str
    first: ChangeRow
    rows: tuple[ChangeRow, ...]
    noted: Noted
    pager: Pager


@require_safe
def incident_alike(request: HttpRequest) -> HttpResponse:
    """The page at `/incident/changes/`."""
    zone = look_of(request).zone
    return show(request, "incident_alike", build_alike(request.GET, timezone.now(), zone=zone))


def build_alike(query: QueryDict, now: datetime, *, zone: str = "UTC") -> AlikePage:
    """Raises NothingFound and BadQuestion."""
    asked, wanted = read_incident(query, now, zone=zone), read_change(query)
    span = find_span(asked.question, now)
    first, found = list_changes_alike(wanted, span, cursor=text_asked(query, "cursor"), limit=LINES)
    return AlikePage(
        title="The same change on many nodes",
        section="incident",
        now=now,
        question=asked.question,
        window=asked.freeze(),
        first=ChangeRow.of(first),
        rows=tuple(ChangeRow.of(change) for change in found.rows),
        noted=find_noted(now, nodes={change.node_id for change in found.rows}, resources={first.resource_id}),
        pager=turn_pages(query, found),
    )


def read_change(query: QueryDict) -> ChangeName:
    """The change that our own links name. Raises BadQuestion."""
    node, site = name_asked(query, "node"), name_asked(query, "site")
    run, _, ordinal = (text_asked(query, "change") or "").rpartition(":")
    try:
        if node and site and ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 10:
            return ChangeName(node, site, UUID(run), int(ordinal))
    except ValueError as unreadable:
        raise BadQuestion("change: the run and the place in it, as our own links name them") from unreadable
    raise BadQuestion("change: name it with its node and site, as our own links do")
