"""The weekly brief as plain values: what print, mail, CSV and JSON are made from, and nothing else.

Names, titles, reasons and messages are what tools sent: untrusted. Days are UTC days, moments are aware and in UTC. A
number is counted as docs/weekly-brief.md and the brief's own `definitions` say. `None`: not told, or not known.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from reports.weekly.parts import (
    DayOfRuns,
    EnvironmentLine,
    EventLine,
    FailureLine,
    Forecast,
    HeatLine,
    HotLine,
    HoursOfWeek,
    Intake,
    MessageLine,
    MuteLine,
    RepeaterLine,
    SilentLine,
    Some,
    Word,
)


class LineKind(enum.StrEnum):
    """What a line of the first page is about, in the order in which they stand there."""

    WENT = "went"  # how the week went against the week before
    NEW = "new"  # what was not so the week before
    DECIDE = "decide"  # what somebody has to decide or mend


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the first page. `part` is the field of WeeklyBrief that tells more, "" where none does."""

    kind: LineKind
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """One number of the week, and of the week before; `before` None: nothing was kept then, or it cannot be known.

    `name` is a word of the code: runs, failed, stale_catalog, corrected, changed, pending, unchanged (runs by how they
    ended), corrections, nodes (that ended a run), failed_nodes, corrected_nodes, changed_nodes; and without a number of
    the week before: first_seen (nodes), gone_silent (in the week, and silent still), silent (as of told_at).
    """

    name: str
    label: str
    number: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Definition:
    """How a printed number is counted, in a sentence. `part` is the field of WeeklyBrief that it stands in."""

    part: str
    term: str
    sentence: str


@dataclass(frozen=True, slots=True)
class About:
    """What the brief is of, for its head and foot.

    `scope` is its label: "the whole fleet", "environment production", or the name of a view. `query` is the query of
    nodes behind a view, else "". `cut_off` is when the newest report that the answer can hold came in; None: none ever
    did. `is_over`: the week had ended when the brief was made. `is_part`: made for somebody who sees a part of the
    fleet, and holds that part only. `filters` tells scope and sight in words. `unknown` says, in sentences, what this
    brief cannot know. `version` is Fleetview's.
    """

    scope: str
    scope_kind: str  # fleet, environment, query
    query: str
    week: str  # 2026-W47
    first_day: date
    last_day: date
    since: datetime
    until: datetime  # not in it
    zone: str  # UTC
    is_over: bool
    told_at: datetime
    cut_off: datetime | None
    is_part: bool
    filters: tuple[str, ...]
    unknown: tuple[str, ...]
    node_count: int  # nodes that the scope means, as of told_at
    version: str


@dataclass(frozen=True, slots=True)
class WeeklyBrief:
    """All of it, in the order in which it is printed.

    `lines` are ten at most. `outcomes` name the columns of `days`, worst first. `new_nodes` and `new_resources` are
    those of the hundred that lead the ranking which had no correction the week before. `failures` and `silent` are as
    of `about.told_at`, and so are heat, risk and patterns everywhere; all else is of the week. `hours` is None where
    hours are not kept: of a query's nodes, and for who sees a part. `intake` is of the whole fleet, whatever the scope.
    """

    about: About
    lines: tuple[Line, ...]
    counters: tuple[Counter, ...]
    outcomes: tuple[Word, ...]
    days: tuple[DayOfRuns, ...]  # the week before, and then the week: 14 days, oldest first
    nodes: Some[HotLine]
    new_nodes: tuple[HotLine, ...]
    environments: tuple[EnvironmentLine, ...]
    resources: Some[HotLine]
    new_resources: tuple[HotLine, ...]
    heat_days: tuple[date, ...]  # the columns of heat_map: the 14 days of `days`
    heat_map: tuple[HeatLine, ...]
    hours: HoursOfWeek | None
    events: Some[EventLine]
    failures: Some[FailureLine]
    messages: Some[MessageLine]
    silent: Some[SilentLine]
    repeaters: Some[RepeaterLine]
    mutes: Some[MuteLine]
    forecast: Forecast | None
    intake: Intake
    definitions: tuple[Definition, ...]
    subject: str  # the counters in one line, for the subject of a mail; no names in it

    def counter(self, name: str) -> Counter:
        """The counter of this name."""
        return next(counter for counter in self.counters if counter.name == name)
