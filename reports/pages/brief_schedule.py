"""One schedule of a weekly brief: the form that adds or changes it, or turns it off. For admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.pages.brief_rows import PAPERS
from reports.pages.brief_schedule_form import ScheduleDraft, draft_of, draft_sent, read_schedule, usual_draft
from reports.pages.brief_schedules import WEEKDAYS, NextDue
from reports.pages.brief_scope import ScopeChoices, list_scopes
from reports.pages.display import Region, find_regions
from reports.pages.form_problems import Problems
from reports.pages.page import Page, show
from reports.pages.viewer import look_of
from reports.people.audit import Act, record_act
from reports.people.roles import Role, needs
from reports.weekly.due import Timetable
from reports.weekly.orders import stored_scope
from reports.weekly.schedules import Wanted, find_schedule, save_schedule
from reports.weekly.tables import BriefSchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePage(Page):
    """`delete` is None for one that is not there yet, `next` where it is off; `problems` by the name of their field."""

    action: str
    delete: str | None
    draft: ScheduleDraft
    weekdays: tuple[tuple[str, str], ...]
    regions: tuple[Region, ...]
    scopes: ScopeChoices
    papers: tuple[tuple[str, str], ...]
    next: NextDue | None
    is_mail_on: bool
    problems: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMIN)
def new_brief_schedule(request: HttpRequest) -> HttpResponse:
    """The form at `/briefs/schedules/new/`."""
    return _answer(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMIN)
def brief_schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """The form at `/briefs/schedules/<id>/`."""
    return _answer(request, find_schedule(schedule_id))


def _answer(request: HttpRequest, schedule: BriefSchedule | None) -> HttpResponse:
    now, problems = timezone.now(), Problems()
    scopes = list_scopes(request.user, kept=None if schedule is None else stored_scope(schedule))
    draft = draft_of(schedule) if schedule else usual_draft(look_of(request).zone)
    if request.method == "POST":
        draft = draft_sent(request.POST)
        wanted = read_schedule(draft, scopes, problems)
        if wanted and _save(request, wanted, schedule, problems, now):
            return HttpResponseRedirect(reverse("brief_schedules"))
    page = SchedulePage(
        title=schedule.name if schedule else "New schedule",
        section="briefs",
        now=now,
        action=reverse("brief_schedule", args=[schedule.pk]) if schedule else reverse("new_brief_schedule"),
        delete=reverse("brief_schedule_gone", args=[schedule.pk]) if schedule else None,
        draft=draft,
        weekdays=tuple((str(number), name) for number, name in WEEKDAYS.items()),
        regions=find_regions(),
        scopes=scopes,
        papers=tuple(PAPERS.items()),
        next=NextDue.of(Timetable.of(schedule), now) if schedule and schedule.is_on else None,
        is_mail_on=settings.MAIL_SERVER is not None,
        problems=problems.told,
    )
    return show(request, "brief_schedule", page, status=400 if problems.told else 200)


def _save(
    request: HttpRequest, wanted: Wanted, schedule: BriefSchedule | None, problems: Problems, now: datetime
) -> bool:
    with problems.of("name"), transaction.atomic():
        saved = save_schedule(wanted, now, None if schedule is None else schedule.pk)
        table = wanted.timetable
        told = f"{WEEKDAYS[table.weekday]} {table.at:%H:%M} {table.zone}"
        recipients = list(wanted.recipients)
        record_act(request, Act.SCHEDULE_SAVED, saved.name, on=wanted.is_on, when=told, recipients=recipients)
        return True
    return False
