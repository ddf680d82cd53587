"""When the brief of a schedule is due, of which week it tells, and ordering it once, on however many machines.

A brief tells of an ISO week of UTC days. In each week of the schedule's own calendar there is one moment, and it tells
of the week before; where that is not over yet in UTC, it is waited for. So each week has one brief, through every
change of the clock and in every zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from reports.weekly.mails import address_mails
from reports.weekly.tables import Brief, BriefSchedule
from reports.weekly.week import IsoWeek

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """`weekday` is 1 for Monday; `at` is a time of the clock in `zone`."""

    weekday: int
    at: time
    zone: str

    @classmethod
    def of(cls, schedule: BriefSchedule) -> Timetable:
        """That of a row."""
        return cls(schedule.weekday, schedule.at, schedule.zone)


@dataclass(frozen=True, slots=True)
class Due:
    """A moment, and the week that is told then. `is_put_off`: the clock said so earlier, but the week was not over."""

    at: datetime
    week: IsoWeek
    is_put_off: bool


def last_due(timetable: Timetable, now: datetime) -> Due:
    """The newest moment that has come."""
    return max((due for due in _dues_around(timetable, now) if due.at <= now), key=lambda due: due.at)


def next_due(timetable: Timetable, now: datetime) -> Due:
    """The first moment to come."""
    return min((due for due in _dues_around(timetable, now) if due.at > now), key=lambda due: due.at)


def order_due(now: datetime) -> str | None:
    """Order the newest brief of each schedule that has come due and was not ordered yet.

    After a time in which nothing ran, the newest week that was missed is made up, and none before it. Who is first to
    write the row has ordered it: (schedule, week) is unique.
    """
    ordered = [schedule.name for schedule in BriefSchedule.objects.filter(is_on=True) if _order_newest(schedule, now)]
    return f"ordered {', '.join(ordered)}" if ordered else None


def _order_newest(schedule: BriefSchedule, now: datetime) -> bool:
    due = last_due(Timetable.of(schedule), now)
    if due.at < schedule.starts_at or Brief.objects.filter(schedule=schedule, week=str(due.week)).exists():
        return False
    try:
        with transaction.atomic():
            brief = Brief.objects.create(
                kind=Brief.Kind.WEEKLY,
                scope_kind=schedule.scope_kind,
                scope_value=schedule.scope_value,
                scope_name=schedule.scope_name,
                week=str(due.week),
                paper=schedule.paper,
                asked_by_name=schedule.name,
                asked_at=now,
                is_scheduled=True,
                schedule=schedule,
            )
            address_mails(brief, schedule.recipients, now)
    except IntegrityError:
        return False  # another machine was first
    return True


def _dues_around(timetable: Timetable, now: datetime) -> list[Due]:
    here = now.astimezone(ZoneInfo(timetable.zone)).date()
    monday = here - timedelta(days=here.weekday())
    return [_due_in(timetable, monday + weeks * _WEEK) for weeks in (-1, 0, 1)]


def _due_in(timetable: Timetable, monday: date) -> Due:
    """In the week of `monday`. A time that the clock jumps over is as much later, one that comes twice the first."""
    day = monday + timedelta(days=timetable.weekday - 1)
    by_clock = datetime.combine(day, timetable.at, ZoneInfo(timetable.zone)).astimezone(UTC)
    told = IsoWeek(monday).before
    return Due(max(by_clock, told.until), told, by_clock < told.until)
