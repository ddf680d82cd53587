"""The schedules of weekly briefs: what is made by itself, when next, and who gets it. For admins."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.pages.brief_rows import PAPERS
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.roles import Role, needs
from reports.weekly.due import Timetable, next_due
from reports.weekly.orders import stored_scope
from reports.weekly.schedules import delete_schedule, list_schedules
from reports.weekly.tables import BriefSchedule

WEEKDAYS: Final = {
    1: "Monday",
    2: "Tuesday",
    3: "Wednesday",
    4: "Thursday",
    5: "Friday",
    6: "Saturday",
    7: "Sunday",
}


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next moment, by the schedule's own clock and in UTC, and the week that is told then."""

    at: datetime
    here: str
    utc: str
    week: str
    is_put_off: bool

    @classmethod
    def of(cls, timetable: Timetable, now: datetime) -> NextDue:
        """The next one after `now`."""
        due = next_due(timetable, now)
        here = due.at.astimezone(zoneinfo.ZoneInfo(timetable.zone))
        return cls(due.at, f"{here:%a %-d %b %Y %H:%M}", f"{due.at:%a %H:%M}", str(due.week), due.is_put_off)


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One schedule. `next` is None where it is off."""

    name: str
    link: str
    is_on: bool
    scope: str
    moment: str
    zone: str
    paper: str
    recipients: tuple[str, ...]
    next: NextDue | None

    @classmethod
    def of(cls, schedule: BriefSchedule, now: datetime) -> ScheduleRow:
        """The row of a schedule."""
        table = Timetable.of(schedule)
        return cls(
            name=schedule.name,
            link=reverse("brief_schedule", args=[schedule.pk]),
            is_on=schedule.is_on,
            scope=stored_scope(schedule).label,
            moment=f"{WEEKDAYS[table.weekday]}s at {table.at:%H:%M}",
            zone=table.zone,
            paper=PAPERS.get(schedule.paper, schedule.paper),
            recipients=tuple(schedule.recipients),
            next=NextDue.of(table, now) if schedule.is_on else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulesPage(Page):
    """All of them, by name."""

    rows: tuple[ScheduleRow, ...]
    is_mail_on: bool


@require_safe
@needs(Role.ADMIN)
def brief_schedules(request: HttpRequest) -> HttpResponse:
    """The page at `/briefs/schedules/`."""
    now = timezone.now()
    page = SchedulesPage(
        title="Schedules of briefs",
        section="briefs",
        now=now,
        rows=tuple(ScheduleRow.of(schedule, now) for schedule in list_schedules()),
        is_mail_on=settings.MAIL_SERVER is not None,
    )
    return show(request, "brief_schedules", page)


@require_POST
@needs(Role.ADMIN)
def brief_schedule_gone(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """The button that deletes a schedule. Its briefs stay."""
    with transaction.atomic():
        schedule = delete_schedule(schedule_id)
        record_act(request, Act.SCHEDULE_DELETED, schedule.name)
    return HttpResponseRedirect(reverse("brief_schedules"))
