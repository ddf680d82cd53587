"""Ask for a weekly brief: of which week, of what, on which paper. Whoever may look may ask, and gets what they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.errors import BadQuestion
from reports.pages.asked import text_asked
from reports.pages.brief_rows import PAPERS
from reports.pages.brief_scope import ScopeChoices, list_scopes
from reports.pages.form_problems import Problems
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.looking import sight_behind
from reports.weekly.orders import Asker, order_weekly
from reports.weekly.paper import Paper
from reports.weekly.week import IsoWeek

OFFERED_WEEKS: Final = 26


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """One option: a week, and its first and last day."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form: the values of its options."""

    week: str
    scope: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFormPage(Page):
    """`problems`: what is wrong, by the name of its field; what is of no field stands under "form"."""

    draft: Draft
    weeks: tuple[WeekChoice, ...]
    scopes: ScopeChoices
    papers: tuple[tuple[str, str], ...]
    problems: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_brief(request: HttpRequest) -> HttpResponse:
    """The form at `/briefs/ask/`; sent, it leads to the brief that is being made."""
    now = timezone.now()
    weeks, scopes = list_weeks(now), list_scopes(request.user)
    sent = request.POST if request.method == "POST" else None
    draft = _draft(request.GET if sent is None else sent, weeks)
    problems = Problems()
    if sent is not None:
        key = _send(request, draft, scopes, problems, now)
        if key is not None:
            return HttpResponseRedirect(reverse("brief", args=[key]))
    page = BriefFormPage(
        title="Ask for a weekly brief",
        section="briefs",
        now=now,
        draft=draft,
        weeks=weeks,
        scopes=scopes,
        papers=tuple(PAPERS.items()),
        problems=problems.told,
    )
    return show(request, "brief_form", page, status=400 if problems.told else 200)


def list_weeks(now: datetime) -> tuple[WeekChoice, ...]:
    """The present week and those before it, newest first."""
    week, weeks = IsoWeek.of(now), []
    for _ in range(OFFERED_WEEKS):
        last = week.after.monday - timedelta(days=1)
        so_far = "" if week.is_over(now) else ", so far"
        weeks.append(WeekChoice(str(week), f"{week}: {week.monday:%-d %b} to {last:%-d %b %Y}{so_far}"))
        week = week.before
    return tuple(weeks)


def read_paper(value: str) -> Paper:
    """Raises BadQuestion."""
    if value not in PAPERS:
        raise BadQuestion("Choose one of these.")
    return Paper(value)


def asker_of(request: HttpRequest) -> Asker:
    """Who asks, and with whose eyes the brief will be gathered."""
    return Asker(request.user.get_username(), sight_behind(request))


def _send(request: HttpRequest, draft: Draft, scopes: ScopeChoices, problems: Problems, now: datetime) -> int | None:
    """The brief that was ordered; None where something is wrong, which `problems` then tells."""
    with problems.of("week"):
        week = IsoWeek.parse(draft.week)
    with problems.of("scope"):
        scope = scopes.read(draft.scope)
    with problems.of("paper"):
        paper = read_paper(draft.paper)
    if problems.told:
        return None
    with problems.of("form"), transaction.atomic():
        key = order_weekly(asker_of(request), scope, week, paper, now)
        record_act(request, Act.BRIEF_ORDERED, scope.label, brief=key, week=str(week), paper=paper.value)
        return key
    return None


def _draft(sent: QueryDict, weeks: tuple[WeekChoice, ...]) -> Draft:
    """What was chosen; else the last whole week, of all, on A4."""
    return Draft(
        week=text_asked(sent, "week") or weeks[1].value,
        scope=sent.get("scope") or "fleet",
        paper=text_asked(sent, "paper") or Paper.A4.value,
    )
