"""ISO weeks of UTC days: what a weekly brief is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from reports.analysis.window import Window, chosen_days
from reports.errors import BadQuestion

_WRITTEN: Final = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """Seven UTC days from a Monday on; written 2026-W47. Weeks are in order of time."""

    monday: date

    @classmethod
    def parse(cls, text: str) -> IsoWeek:
        """Raises BadQuestion for what is no week."""
        found = _WRITTEN.fullmatch(text.strip())
        try:
            if found is None:
                raise ValueError(text)
            return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:
            raise BadQuestion(f"week: a year and a week of it such as 2026-W47, not {text[:40]!r}") from None

    @classmethod
    def of(cls, moment: datetime) -> IsoWeek:
        """The week that a moment lies in."""
        day = moment.astimezone(UTC).date()
        return cls(day - timedelta(days=day.weekday()))

    @property
    def before(self) -> IsoWeek:
        return IsoWeek(self.monday - _WEEK)

    @property
    def after(self) -> IsoWeek:
        return IsoWeek(self.monday + _WEEK)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.monday, time(), UTC)

    @property
    def until(self) -> datetime:
        """Its end, which is not in it."""
        return self.after.since

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return self.until <= now

    def window(self, now: datetime) -> Window:
        """Its days, as pages ask for them. Raises BadQuestion for a week that has not begun."""
        if self.since > now:
            raise BadQuestion(f"week: {self} has not begun yet")
        return chosen_days(self.since, self.until, now)

    def __str__(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"
