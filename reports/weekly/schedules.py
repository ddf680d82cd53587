"""The schedules of weekly briefs, as admins set them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from reports.errors import BadQuestion, NothingFound
from reports.store.text import clean_name
from reports.weekly.due import Timetable
from reports.weekly.orders import scope_columns
from reports.weekly.paper import Paper
from reports.weekly.scope import Scope
from reports.weekly.tables import BriefSchedule

MOST_SCHEDULES: Final = 50
MOST_RECIPIENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a schedule is to be."""

    name: str
    is_on: bool
    timetable: Timetable
    scope: Scope
    paper: Paper
    recipients: tuple[str, ...]


def list_schedules() -> list[BriefSchedule]:
    """All, by name; there are few."""
    return list(BriefSchedule.objects.order_by("name"))


def find_schedule(key: int) -> BriefSchedule:
    """Raises NothingFound."""
    schedule = BriefSchedule.objects.filter(pk=key).first()
    if schedule is None:
        raise NothingFound("there is no such schedule")
    return schedule


def save_schedule(wanted: Wanted, now: datetime, key: int | None = None) -> BriefSchedule:
    """Make a schedule, or change the one of this id. Raises BadQuestion and NothingFound.

    It begins with the first moment after it is made, or turned on again: what it would have made before is not made up.
    """
    name = clean_name(wanted.name.strip())
    same = BriefSchedule.objects.filter(name=name).first()
    if same is not None and same.pk != key:
        raise BadQuestion("Another schedule is called so.")
    if key is None and BriefSchedule.objects.count() >= MOST_SCHEDULES:
        raise BadQuestion(f"These would be more than {MOST_SCHEDULES} schedules: delete some first.")
    before = find_schedule(key) if key is not None else None
    schedule = before or BriefSchedule(is_on=False)
    if (wanted.is_on and not schedule.is_on) or schedule.starts_at is None:
        schedule.starts_at = now
    table = wanted.timetable
    schedule.name, schedule.is_on, schedule.paper = name, wanted.is_on, wanted.paper.value
    schedule.weekday, schedule.at, schedule.zone = table.weekday, table.at, table.zone
    schedule.recipients = list(dict.fromkeys(wanted.recipients))
    for column, value in scope_columns(wanted.scope).items():
        setattr(schedule, column, value)
    schedule.save()
    return schedule


def delete_schedule(key: int) -> BriefSchedule:
    """The briefs that it made stay. Raises NothingFound."""
    schedule = find_schedule(key)
    schedule.delete()
    return schedule


USUAL: Final = Timetable(weekday=1, at=time(7), zone="UTC")
