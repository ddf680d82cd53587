"""The weeks that facts are kept in: one partition of each table for each ISO week (UTC)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_NAMED = re.compile(r"_(\d{4})w(\d\d)$")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week. The year is the one that the week belongs to, which near New Year is not that of the day."""

    year: int
    number: int

    @property
    def begins_at(self) -> datetime:
        """Monday, midnight UTC."""
        return datetime.combine(date.fromisocalendar(self.year, self.number, 1), time(), UTC)

    @property
    def ends_at(self) -> datetime:
        """The Monday after."""
        return self.begins_at + timedelta(weeks=1)

    @property
    def suffix(self) -> str:
        """What the partition's name ends in."""
        return f"{self.year:04}w{self.number:02}"


def week_of(moment: datetime) -> Week:
    """The week that holds the moment."""
    year, number, _ = moment.astimezone(UTC).isocalendar()
    return Week(year, number)


def week_named(partition: str) -> Week | None:
    """The week of a partition by its name; None for a table that is none of ours."""
    named = _NAMED.search(partition)
    return Week(int(named[1]), int(named[2])) if named else None
