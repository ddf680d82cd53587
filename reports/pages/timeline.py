"""The timeline of a node as a table: its resources down, its runs across, a mark wherever something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Self
from urllib.parse import quote_plus

from django.http import QueryDict

from reports.analysis.node import NodeStory
from reports.analysis.nodes import NodeLine
from reports.analysis.timeline import Timeline, TimelineCell, TimelineRow, find_timeline
from reports.analysis.timeline_columns import TimelineColumn
from reports.errors import BadQuestion
from reports.pages.asked import Tab, moment_asked, text_asked, turn_tabs
from reports.pages.links import OPENED, link_to_run, link_to_runs, name_change
from reports.pages.words import PATTERNS, Word, word_of_mark, word_of_outcome

WINDOWS: dict[str | None, str] = {"7": "7 days", "30": "30 days", "90": "90 days"}
USUAL_WINDOW = "30"
ROWS, MORE_ROWS = 40, 200
WIDE_ENOUGH = 2  # columns that a day with its month needs more than


@dataclass(frozen=True, slots=True)
class Head:
    """A column: how its runs ended. `quiet_before` unchanged runs stand between it and the column before."""

    word: Word
    link: str
    label: str
    quiet_before: int
    is_clock_wrong: bool
    is_rebuilt: bool  # the first of a machine that took the place of another


@dataclass(frozen=True, slots=True)
class Day:
    """A day over so many columns, those between that stand for unchanged runs counted in."""

    label: str
    title: str
    span: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened in one cell, and the link that opens it."""

    word: Word
    link: str
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row: a mark, nothing, or the gap before a column."""

    is_gap: bool
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A resource."""

    row: TimelineRow
    link: str
    pattern: Word | None
    is_opened: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class TimelineTable:
    """`older` and `newer` are the windows beside this one, `more` shows further resources; None: there are none."""

    timeline: Timeline
    windows: tuple[Tab, ...]
    older: str
    newer: str | None
    days: tuple[Day, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    legend: tuple[Word, ...]
    more: str | None
    is_rebuilt: bool  # somewhere in the window


@dataclass(frozen=True, slots=True)
class _Base:
    """What the links of one table share: the node, and the query string without what is opened.

    `written` is that query string as an address, with a place for one thing more: a table has thousands of links.
    """

    node: NodeLine
    query: QueryDict
    written: str

    @classmethod
    def of(cls, node: NodeLine, query: QueryDict) -> Self:
        return cls(node, query, f"?{query.urlencode()}&" if query else "?")

    def open(self, name: str, value: str) -> str:
        return f"{self.written}{name}={quote_plus(value)}#{OPENED}"

    def turn(self, **asked: str | None) -> str:
        turned = self.query.copy()
        for name, value in asked.items():
            turned.pop(name, None)
            if value is not None:
                turned[name] = value
        return f"?{turned.urlencode()}"


def build_timeline(story: NodeStory, query: QueryDict, now: datetime, *, opened: int | None) -> TimelineTable:
    """Raises BadQuestion. `opened` is the id of the resource that the page tells more of."""
    window, until = read_window(query), moment_asked(query, "until")
    span, end = timedelta(days=int(window)), until or now
    most_rows = MORE_ROWS if text_asked(query, "rows") == str(MORE_ROWS) else ROWS
    timeline = find_timeline(story.node.node_id, since=end - span, until=end, most_rows=most_rows)
    kept = query.copy()
    for name in ("change", "resource", "cursor"):
        kept.pop(name, None)
    base = _Base.of(story.node, kept)
    lines = tuple(_line(row, timeline.columns, base, is_opened=row.resource_id == opened) for row in timeline.rows)
    heads = _heads(timeline, base, rebuilt_at=[life.since for life in story.lives if not life.is_first])
    return TimelineTable(
        timeline=timeline,
        windows=turn_tabs(kept, "window", WINDOWS, chosen=window),
        older=base.turn(until=_written(timeline.since)),
        newer=None if until is None else base.turn(until=_written(end + span) if end + span < now else None),
        days=_days(timeline.columns),
        heads=heads,
        lines=lines,
        legend=_legend(lines),
        more=base.turn(rows=str(MORE_ROWS)) if most_rows < min(timeline.resources, MORE_ROWS) else None,
        is_rebuilt=any(head.is_rebuilt for head in heads),
    )


def read_window(query: QueryDict) -> str:
    """How many days to show."""
    window = text_asked(query, "window") or USUAL_WINDOW
    if window not in WINDOWS:
        raise BadQuestion(f"window: choose from {', '.join(map(str, WINDOWS))}")
    return window


def _days(columns: tuple[TimelineColumn, ...]) -> tuple[Day, ...]:
    """The days that the columns begin on. A narrow one tells its month only where that is another one than before."""
    days: list[Day] = []
    month = 0
    for day, group in groupby(columns, key=lambda column: column.starts_at.date()):
        span = sum(1 + bool(column.quiet_before) for column in group)
        is_told = span > WIDE_ENOUGH or day.month != month
        days.append(Day(f"{day:%-d %b}" if is_told else f"{day:%-d}", f"{day:%A %-d %B %Y}", span))
        month = day.month
    return tuple(days)


def _heads(timeline: Timeline, base: _Base, *, rebuilt_at: Sequence[datetime]) -> tuple[Head, ...]:
    """The columns; the first one after the node was rebuilt is marked."""
    before = timeline.since
    heads = []
    for column in timeline.columns:
        is_rebuilt = any(before < moment <= column.ends_at for moment in rebuilt_at)
        heads.append(_head(column, base, is_slice=timeline.is_sliced and column.runs > 1, is_rebuilt=is_rebuilt))
        before = column.ends_at
    return tuple(heads)


def _head(column: TimelineColumn, base: _Base, *, is_slice: bool, is_rebuilt: bool) -> Head:
    run, word = column.run, word_of_outcome(column.run.outcome)
    label = _label_slice(column, word) if is_slice else f"Run of {_told(run.at)}: {word.label}"
    label += ", dry run" if run.is_noop and not is_slice else ""
    label += "; the node's clock was ahead, so this is when it came in" if run.is_clock_wrong else ""
    label += "; the node was rebuilt before this" if is_rebuilt else ""
    link = _link_slice(column, base) if is_slice else link_to_run(run.id, node=base.node.name, site=base.node.site)
    return Head(word, link, label, column.quiet_before, run.is_clock_wrong, is_rebuilt)


def _label_slice(column: TimelineColumn, word: Word) -> str:
    return f"{column.runs} runs, {_told(column.starts_at)} to {_told(column.ends_at)}, the worst {word.label}"


def _link_slice(column: TimelineColumn, base: _Base) -> str:
    """The list of these runs."""
    until = column.ends_at + timedelta(seconds=1)  # its end does not count, and it is told in whole seconds
    return link_to_runs(
        node=base.node.name, site=base.node.site, window="all", since=_written(column.starts_at), until=_written(until)
    )


def _line(row: TimelineRow, columns: tuple[TimelineColumn, ...], base: _Base, *, is_opened: bool) -> Line:
    slots = []
    for column, cell in zip(columns, row.cells, strict=True):
        if column.quiet_before:
            slots.append(Slot(is_gap=True))
        slots.append(Slot(is_gap=False, mark=None if cell is None else _mark(cell, base)))
    return Line(
        row=row,
        link=base.open("resource", str(row.resource_id)),
        pattern=None if row.pattern is None else PATTERNS[row.pattern],
        is_opened=is_opened,
        slots=tuple(slots),
    )


def _mark(cell: TimelineCell, base: _Base) -> Mark:
    word = word_of_mark(cell.status, cell.cause)
    further = f" and {cell.changes - 1} more" if cell.changes > 1 else ""
    return Mark(
        word=word,
        link=base.open("change", name_change(cell.run_id, cell.ordinal)),
        label=f"{word.label}{further}, {_told(cell.at)}",
    )


def _legend(lines: tuple[Line, ...]) -> tuple[Word, ...]:
    """The words that occur, each once, in the order in which they are met."""
    met = {slot.mark.word.label: slot.mark.word for line in lines for slot in line.slots if slot.mark}
    return tuple(met.values())


def _told(moment: datetime) -> str:
    return f"{moment:%-d %b %H:%M}"


def _written(moment: datetime) -> str:
    """A moment as an address holds it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
