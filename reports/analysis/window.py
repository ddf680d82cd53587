"""The span of time that a question is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from reports.errors import BadQuestion

MOST_HOURS: Final = 48
_MOST_DAYS: Final = 3660
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` on, before `until`: whole UTC days, or whole hours.

    `is_current`: it reaches up to the present, and lists of it need no end.
    """

    since: datetime
    until: datetime
    is_current: bool

    @property
    def is_whole_days(self) -> bool:
        return self.since == _midnight(self.since.date())

    @property
    def first_day(self) -> date:
        return self.since.date()

    @property
    def end_day(self) -> date:
        """The first day that is no longer in it."""
        return (self.until - timedelta.resolution).date() + _DAY

    @property
    def days(self) -> int:
        """How many UTC days it touches."""
        return (self.end_day - self.first_day).days

    def last(self, days: int) -> Window:
        """So many days that end where it ends."""
        return Window(self.until - days * _DAY, self.until, self.is_current)

    def before(self) -> Window:
        """The span of the same length that ends where this one begins."""
        return Window(self.since - (self.until - self.since), self.since, is_current=False)


def last_days(days: int, now: datetime) -> Window:
    """So many UTC days, today included."""
    tomorrow = _midnight(now.astimezone(UTC).date() + _DAY)
    return Window(tomorrow - days * _DAY, tomorrow, is_current=True)


def last_hours(hours: int, now: datetime) -> Window:
    """So many whole hours, the present one included. They are counted from the facts: MOST_HOURS at most."""
    if not 1 <= hours <= MOST_HOURS:
        raise BadQuestion(f"hours: a whole number from 1 to {MOST_HOURS}")
    end = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + _HOUR
    return Window(end - hours * _HOUR, end, is_current=True)


def chosen_days(since: datetime | None, until: datetime | None, now: datetime, *, days: int = 7) -> Window:
    """The whole UTC days that two moments span; `days` of them where only one is named, or none.

    Raises BadQuestion where nothing lies between them, or more than ten years.
    """
    usual = last_days(days, now)
    if until is None:
        end = usual.until if since is None or since < usual.until else _midnight(since.date() + _DAY)
    else:
        end = _midnight((until.astimezone(UTC) - timedelta.resolution).date() + _DAY)
    start = end - days * _DAY if since is None else _midnight(since.astimezone(UTC).date())
    if start >= end:
        raise BadQuestion("until: has to be later than since")
    if end - start > _MOST_DAYS * _DAY:
        raise BadQuestion(f"since: no more than {_MOST_DAYS} days before until")
    return Window(start, end, is_current=end >= usual.until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
