"""The lines of the weekly brief's tables, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the code, and how people call it: an outcome, a cause, a pattern, a status."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first lines of a list, and how many there are in all; `is_more`: at least one more than `count`."""

    lines: tuple[T, ...] = ()
    count: int = 0
    is_more: bool = False

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class DayOfRuns:
    """One UTC day: ended runs by outcome, in the order of WeeklyBrief.outcomes, and corrections in them.

    `is_of_week`: it is one of the seven days of the week, and not of the seven before.
    """

    day: date
    runs: tuple[int, ...]
    total: int
    corrections: int
    is_of_week: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The newest correction of the week in a hotspot, and on what evidence it is said to be one.

    Values are cut to 200 characters; both None where there are none to show, or they are sensitive.
    """

    resource: str
    node: str
    at: datetime
    cause: Word
    source: str | None  # said by the tool, inferred from the node's runs, presumed
    reason: str
    property: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class HotLine:
    """A node, or a resource over all nodes of the scope.

    `corrections` of the week, `before` of the week before. `trend` are corrections by day, as many days as
    WeeklyBrief.heat_days. `days`: on how many days of the week it was corrected. `nodes`: of a resource, on how many
    nodes, the most in one day; of a node None. `heat`, `risk`, `pattern` and `evidence` are as of told_at. `hottest`:
    of a node the resource that is hottest on it, of a resource the node on which it is hottest. `reasons` say why it is
    at risk, and what shows the pattern.
    """

    name: str
    site: str | None
    environment: str | None
    corrections: int
    before: int
    trend: tuple[int, ...]
    days: int
    nodes: int | None
    runs: int
    corrected_runs: int | None
    share_of_runs: float
    heat: float | None
    risk: float | None
    pattern: Word | None
    evidence: str | None
    reasons: tuple[str, ...]
    hottest: str | None
    hottest_site: str | None
    last_correction_at: datetime | None
    why: Why | None
    is_muted: bool
    is_clock_wrong: bool

    @property
    def is_new(self) -> bool:
        return not self.before


@dataclass(frozen=True, slots=True)
class EnvironmentLine:
    """An environment with a run in the week. No name: none was told. `nodes`: on how many something was corrected."""

    name: str
    runs: int
    corrected_runs: int
    share_of_runs: float
    corrections: int
    before: int
    nodes: int
    hottest: str | None


@dataclass(frozen=True, slots=True)
class HeatLine:
    """Corrections of one of the first nodes, by day."""

    name: str
    site: str | None
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HoursOfWeek:
    """Corrections by day of the week (Monday first) and hour of the day, UTC: seven rows of 24."""

    counts: tuple[tuple[int, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """A fleet event: one resource, corrected on many nodes of one environment at about one time."""

    resource: str
    environment: str
    started_at: datetime
    ended_at: datetime
    nodes: int
    corrections: int


@dataclass(frozen=True, slots=True)
class FailureLine:
    """Nodes that fail alike as of told_at. `resource` is what fails, None where it is the run as a whole; `message` is
    what the tool said on `node`, which failed last."""

    status: Word
    nodes: int
    newest_at: datetime
    node: str
    site: str
    resource: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Runs of the week that failed as a whole with one message, but for its digits. `is_new`: none of the last 300
    failed runs before the week said it."""

    message: str
    runs: int
    nodes: int
    first_at: datetime
    node: str
    site: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A node that is silent as of told_at."""

    name: str
    site: str
    environment: str | None
    last_received_at: datetime
    is_muted: bool


@dataclass(frozen=True, slots=True)
class RepeaterLine:
    """A resource that changes in nearly every run on so many nodes: its code is to be fixed. `changes` over all time;
    `evidence` of one of the nodes, `node`."""

    resource: str
    nodes: int
    changes: int
    last_change_at: datetime
    evidence: str | None
    node: str | None
    site: str | None


@dataclass(frozen=True, slots=True)
class MuteLine:
    """Something that was muted at some time of the week. `stands`: it still is, as of told_at, until `until`."""

    about: str
    text: str
    owner: str
    since: datetime
    until: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    stands: bool
    ends_soon: bool  # within seven days of told_at


@dataclass(frozen=True, slots=True)
class Rated:
    """How well one way of foretelling did over the tested weeks."""

    name: str
    auc: float | None
    precision: float | None
    brier: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """How well the ranking by risk foretold the last tested week, over the whole fleet. `hits`: how many of the `top`
    nodes that led it needed a correction or failed; `events`: how many of all `nodes` did. `scores`: ours first."""

    since: date
    nodes: int
    events: int
    top: int
    hits: int
    ran_at: datetime
    weeks: int
    scores: tuple[Rated, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Reports of the whole fleet in the week, and what waited on this machine as of told_at.

    `accepted` is the sum of the five after it: all that a door answered with success.
    """

    accepted: int
    stored: int
    duplicates: int
    ignored: int
    refused: int
    shed: int
    size: int  # bytes
    refused_before: int
    last_received_at: datetime | None
    pending: int
    oldest_pending_seconds: float | None
    is_behind: bool
