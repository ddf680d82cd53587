"""Until when a note stands: quick choices, in the time of who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum, unique
from typing import Final
from zoneinfo import ZoneInfo

from reports.errors import BadQuestion

MORNING: Final = time(8)
LONGEST_MUTE: Final = timedelta(days=366)
_FRIDAY: Final = 4


@unique
class Until(StrEnum):
    """The choices of the form."""

    ENDED = "ended"
    TOMORROW = "tomorrow"
    FRIDAY = "friday"
    WEEK = "week"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class UntilChoice:
    """One of them, with the moment that it means."""

    value: str
    label: str


def list_untils(now: datetime, zone: ZoneInfo) -> tuple[UntilChoice, ...]:
    """All choices, told so that nobody has to guess."""
    labels = {
        Until.ENDED: "somebody ends it",
        Until.TOMORROW: f"tomorrow morning ({_tell(tomorrow(now, zone))})",
        Until.FRIDAY: f"Friday morning ({_tell(friday(now, zone))})",
        Until.WEEK: f"in one week ({_tell(week(now, zone))})",
        Until.DATE: "the day and time below",
    }
    return tuple(UntilChoice(until.value, label) for until, label in labels.items())


def moment_of(until: Until, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that a quick choice means; None for those that mean none."""
    match until:
        case Until.TOMORROW:
            return tomorrow(now, zone)
        case Until.FRIDAY:
            return friday(now, zone)
        case Until.WEEK:
            return week(now, zone)
        case _:
            return None


def tomorrow(now: datetime, zone: ZoneInfo) -> datetime:
    """Tomorrow at eight."""
    return _morning(now, zone, days=1)


def friday(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Friday at eight; on a Friday, the one after."""
    return _morning(now, zone, days=(_FRIDAY - now.astimezone(zone).weekday() - 1) % 7 + 1)


def week(now: datetime, zone: ZoneInfo) -> datetime:
    """In a week, at this time of day."""
    there = now.astimezone(zone).replace(second=0, microsecond=0)
    return there + timedelta(days=7)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """A day and time as a browser's field writes it, in this zone unless it names one. Raises BadQuestion."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except (ValueError, OverflowError) as unreadable:
        raise BadQuestion("Write a day and time such as 2026-12-04T14:30.") from unreadable


def _morning(now: datetime, zone: ZoneInfo, *, days: int) -> datetime:
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, MORNING, zone)


def _tell(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"
