"""An incident window as a PDF: the form with the reviewer's notes, which orders the brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.pages.asked import text_asked
from reports.pages.brief_form import asker_of, read_paper
from reports.pages.brief_rows import PAPERS
from reports.pages.form_problems import Problems
from reports.pages.incident_asked import AskedIncident, read_incident
from reports.pages.page import Page, show
from reports.pages.viewer import look_of
from reports.people.audit import Act, record_act
from reports.weekly.incident_brief import MOST_NOTES
from reports.weekly.orders import order_incident

ONLY_WORDS: Final = {
    "new": "only what is new",
    "failures": "failures",
    "corrections": "corrections",
    "intended": "intended changes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFormPage(Page):
    """`back` is the window on its own page; `narrowed` says what its changes are narrowed to."""

    since: datetime
    until: datetime
    q: str
    nodes: tuple[str, ...]
    narrowed: tuple[str, ...]
    action: str
    back: str
    notes: str
    most_notes: int
    paper: str
    papers: tuple[tuple[str, str], ...]
    problems: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def brief_of_incident(request: HttpRequest) -> HttpResponse:
    """The form at `/briefs/incident/`, asked with the query string of an incident window. Raises BadQuestion."""
    now, zone = timezone.now(), look_of(request).zone
    asked = read_incident(request.GET, now, zone=zone)
    asked.question.check()
    problems = Problems()
    if request.method == "POST":
        key = _send(request, asked, problems, now)
        if key is not None:
            return HttpResponseRedirect(reverse("brief", args=[key]))
    question, frozen = asked.question, asked.freeze()
    page = IncidentFormPage(
        title="Incident brief",
        section="briefs",
        now=now,
        since=question.since,
        until=question.until,
        q=question.q,
        nodes=question.nodes,
        narrowed=tuple(ONLY_WORDS[one.value] for one in sorted(question.only, key=lambda one: one.value)),
        action=f"{reverse('brief_of_incident')}?{frozen.partition('?')[2]}",
        back=frozen,
        notes=request.POST.get("notes", ""),
        most_notes=MOST_NOTES,
        paper=text_asked(request.POST, "paper") or "a4",
        papers=tuple(PAPERS.items()),
        problems=problems.told,
    )
    return show(request, "brief_incident", page, status=400 if problems.told else 200)


def _send(request: HttpRequest, asked: AskedIncident, problems: Problems, now: datetime) -> int | None:
    """The brief that was ordered; None where something is wrong."""
    with problems.of("paper"):
        paper = read_paper(request.POST.get("paper", ""))
    if problems.told:
        return None
    question, notes = asked.question, request.POST.get("notes", "")
    with problems.of("notes"), transaction.atomic():
        key = order_incident(asker_of(request), question, notes, paper, zone=asked.zone.key, now=now)
        told = {"since": question.since.isoformat(), "until": question.until.isoformat(), "q": question.q}
        record_act(request, Act.BRIEF_ORDERED, "incident", brief=key, paper=paper.value, **told)
        return key
    return None
