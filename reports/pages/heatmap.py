"""Heat-maps as tables: each cell a number, a shade of it, and a link to what it counts. They need no script."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from reports.analysis.heatmap import WeekHours
from reports.pages.links import with_query

SHADES: Final = 5
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_DAYS: Final = 31  # of more, each column is a week: days would have no room for a number, nor for a finger


@dataclass(frozen=True, slots=True)
class Cell:
    """So many corrections: `shade` from 0 (none) to SHADES. `link` None: there are none, or no list of them."""

    count: int
    shade: int
    title: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A heading over `span` columns."""

    label: str
    title: str
    span: int = 1


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One thing over all columns."""

    name: str
    link: str | None
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Heatmap:
    """`groups` stand over `heads`, each of which is one `unit` of time. `steps` is the legend: the fewest corrections
    that have each shade."""

    groups: tuple[Head, ...]
    heads: tuple[Head, ...]
    rows: tuple[HeatRow, ...]
    steps: tuple[Cell, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a row is about, the list of its corrections without a span (None: there is none), and their counts."""

    name: str
    link: str | None
    corrections_link: str | None
    counts: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class _Column:
    """A day, or those of one week, and what each cell says of them: their query, and what they are called."""

    days: tuple[date, ...]
    query: str
    told: str

    @property
    def head(self) -> Head:
        first, last = self.days[0], self.days[-1]
        until = f" to {last:%A %-d %B %Y}" if last != first else ""
        return Head(f"{first:%-d}", f"{first:%A %-d %B %Y}{until}")


_EMPTY: Final = Cell(0, 0, "")


@functools.lru_cache(maxsize=4096)
def shade_of(count: int, most: int) -> int:
    """0 for none; else 1 to SHADES, by the logarithm, so that one burst does not make all others pale."""
    if count <= 0 or most <= 0:
        return 0
    return max(1, math.ceil(SHADES * math.log1p(min(count, most)) / math.log1p(most)))


def draw_days(lines: Iterable[Line], days: Sequence[date]) -> Heatmap | None:
    """Corrections by day, or by week where days are many; None where there are none at all."""
    columns = _columns(days)
    rows = [(line, [sum(line.counts.get(day, 0) for day in column.days) for column in columns]) for line in lines]
    most = max((max(counts) for _, counts in rows), default=0)
    if not most:
        return None
    firsts = [column.days[0] for column in columns]
    return Heatmap(
        groups=tuple(_month(list(held)) for _, held in groupby(firsts, key=lambda day: (day.year, day.month))),
        heads=tuple(column.head for column in columns),
        rows=tuple(_row(line, counts, columns, most) for line, counts in rows),
        steps=_steps(most),
        unit="day" if len(columns) == len(days) else "week",
    )


def draw_week(week: WeekHours) -> Heatmap | None:
    """Corrections by hour of the week; None where there are none at all."""
    most = max(max(hours) for hours in week.corrections)
    if not most:
        return None
    return Heatmap(
        groups=(Head("hour of the day (UTC)", "", 24),),
        heads=tuple(Head(f"{hour}", f"{hour:02}:00 to {hour + 1:02}:00 UTC") for hour in range(24)),
        rows=tuple(_week_row(name, hours, most) for name, hours in zip(WEEKDAYS, week.corrections, strict=True)),
        steps=_steps(most),
        unit="hour",
    )


def _columns(days: Sequence[date]) -> tuple[_Column, ...]:
    if len(days) <= MOST_DAYS:
        return tuple(_Column((day,), _span(day, day), f"on {day:%A %-d %B}") for day in days)
    weeks = (tuple(held) for _, held in groupby(days, key=lambda day: day.isocalendar()[:2]))
    return tuple(
        _Column(week, _span(week[0], week[-1]), f"from {week[0]:%A %-d %B} to {week[-1]:%A %-d %B}") for week in weeks
    )


def _span(first: date, last: date) -> str:
    return with_query("", {"since": first, "until": last + timedelta(days=1)}).removeprefix("?")


def _month(days: Sequence[date]) -> Head:
    first = days[0]
    return Head(f"{first:%b %Y}" if len(days) > 3 else f"{first:%b}", f"{first:%B %Y}", len(days))


def _row(line: Line, counts: Sequence[int], columns: Sequence[_Column], most: int) -> HeatRow:
    link = line.corrections_link
    before = None if link is None else f"{link}{'&' if '?' in link else '?'}"
    cells = tuple(_cell(count, column, most, before=before) for count, column in zip(counts, columns, strict=True))
    return HeatRow(line.name, line.link, cells, sum(counts))


def _cell(count: int, column: _Column, most: int, *, before: str | None) -> Cell:
    if not count:
        return _EMPTY
    link = None if before is None else before + column.query
    return Cell(count, shade_of(count, most), f"{_tell(count)} {column.told}", link)


def _week_row(name: str, hours: Sequence[int], most: int) -> HeatRow:
    cells = tuple(_hour_cell(name, hour, count, most) for hour, count in enumerate(hours))
    return HeatRow(name, None, cells, sum(hours))


def _hour_cell(name: str, hour: int, count: int, most: int) -> Cell:
    title = f"{_tell(count)} on {name}s between {hour:02}:00 and {hour + 1:02}:00 UTC" if count else ""
    return Cell(count, shade_of(count, most), title)


def _tell(count: int) -> str:
    return f"{count:,} correction{'' if count == 1 else 's'}"


def _steps(most: int) -> tuple[Cell, ...]:
    """The fewest corrections that have each shade; shades that nothing can have are left out."""
    fewest: dict[int, int] = {}
    for shade in range(1, SHADES + 1):
        count = max(1, math.ceil(math.expm1(math.log1p(most) * (shade - 1) / SHADES)))
        while shade_of(count, most) < shade:
            count += 1
        if shade_of(count, most) == shade:
            fewest[shade] = count
    return tuple(Cell(count, shade, f"from {_tell(count)}") for shade, count in fewest.items())
