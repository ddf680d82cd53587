"""The one shape all tools agree on: what an adapter makes of a report, and all that the later rooms know of it.

Standard library only. `None` means "the tool did not say". Times are aware and in UTC, cut (not rounded) to whole
milliseconds, because the same run reaches us at different precision through different doors. Durations are seconds.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class Outcome(enum.IntEnum):
    """How a finished run ended; exactly one, the larger the worse."""

    UNCHANGED = 1
    PENDING = 2  # dry run that found something to do
    CHANGED = 3
    CORRECTED = 4  # changed, and at least one change put drift right
    STALE_CATALOG = 5  # the new catalog failed, an old one was applied
    FAILED = 6


class Status(enum.IntEnum):
    """What became of one resource, or of one change."""

    UNCHANGED = 0
    SUCCESS = 1
    FAILED = 2
    SKIPPED = 3  # not executed: tags, schedule, a failed dependency, not reached
    PENDING = 4  # a dry run would have changed it


class Cause(enum.IntEnum):
    """Why a change was needed."""

    UNKNOWN = 0
    CORRECTIVE = 1  # the code asked for this before; the node had moved away from it
    INTENDED = 2  # the code, its data or the environment moved
    FIRST_BUILD = 3  # put in place for the first time on this machine
    REPEATED = 4  # changes by construction in every run
    TRIGGERED = 5  # a refresh or handler set off by another change


class CauseSource(enum.IntEnum):
    """Who says so."""

    TOOL = 1
    INFERRED = 2  # follows from the node's own runs
    PRESUMED = 3  # likely, and cannot be known


class Pattern(enum.IntEnum):
    """How a resource behaves on a node over time."""

    SPORADIC = 1  # now and then, by no rule that shows
    PERIODIC = 2  # by a clock
    TUG_OF_WAR = 3  # a value goes back and forth: two owners
    REPEATER = 4  # changes in nearly every run: the code is not idempotent
    FAILING = 5  # what it does fails, run after run


class LogLevel(enum.IntEnum):
    """Severity of a log line, in syslog's order turned round: the larger the worse."""

    DEBUG = 1
    INFO = 2
    NOTICE = 3
    WARNING = 4
    ERROR = 5
    CRITICAL = 6  # alert, emerg and crit alike


class InSync(NamedTuple):
    """A resource that the run looked at and left alone. A NamedTuple because a run may name thousands."""

    type: str
    title: str
    desired: str | None = None  # a digest of the declared state, where the tool tells it


class Change(NamedTuple):
    """One property of one resource changed, or would have. A NamedTuple because a first run makes thousands, and one
    is made in half the time of a frozen dataclass.

    `corrective` is the tool's own word and nothing else; `triggered` is true where the tool itself says that another
    change set this one off (Puppet's refresh). `old` and `new` are what the tool found and what it wanted, as text.
    """

    property: str | None
    old: str | None
    new: str | None
    status: Status
    message: str | None = None
    diff: str | None = None
    corrective: bool | None = None
    triggered: bool = False
    is_sensitive: bool = False


class ResourceOutcome(NamedTuple):
    """A resource with something to tell: changed, failed, pending, or skipped because something else failed.
    A NamedTuple for the same reason as Change.

    `key` is the tool's own identity where type and title are not all of it (Salt's whole state key, Chef's occurrence).
    `desired` and `found` are digests of the declared state and of the state found, comparable between runs of one node.
    `is_action`: something that is done, such as a command or a message; it keeps no state that could drift.
    A failed or skipped resource without a property of its own still has one Change that says so.
    """

    type: str
    title: str
    status: Status
    changes: tuple[Change, ...] = ()
    key: str | None = None
    defined_at: str | None = None  # file:line, cookbook::recipe or SLS
    duration_seconds: float | None = None
    desired: str | None = None
    found: str | None = None
    is_action: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of what the tool said while it ran."""

    level: LogLevel
    source: str
    message: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many resources ended how; `total` is the sum of the others wherever the tool's own numbers add up."""

    total: int = 0
    unchanged: int = 0
    changed: int = 0
    failed: int = 0
    skipped: int = 0
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of one tool on one node.

    `outcome` and `ended_at` are None while only the start is known: such a run is under way, and one that stays so for
    a day did not finish. Where two reports tell of the same run (`run_id`), the one with the larger `richness` is kept.
    """

    run_id: UUID
    tool: str
    node: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome | None
    environment: str | None = None
    noop: bool = False
    code_version: str | None = None
    tool_version: str | None = None
    counts: Counts = Counts()
    resources: tuple[ResourceOutcome, ...] = ()
    in_sync: tuple[InSync, ...] = ()  # empty where the tool does not list them
    logs: tuple[LogLine, ...] = ()
    message: str | None = None  # why the whole run failed, in the tool's words
    machine: str | None = None  # identity of the machine behind the name, where the tool tells it
    organization: str | None = None  # a namespace of node names that the report itself names (Chef)
    timings: tuple[tuple[str, float], ...] = ()  # what the run spent its time on: (what, seconds)
    richness: int = 1


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one change was needed, who says so, and the sentence that an operator reads."""

    cause: Cause
    source: CauseSource | None  # None with Cause.UNKNOWN
    reason: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a tool found on a node at one time: facts (grains, attributes), packages, or both. None: not told here."""

    tool: str
    node: str
    taken_at: datetime
    environment: str | None = None
    facts: Mapping[str, Json] | None = None
    packages: Mapping[str, str] | None = None  # name → version; several versions joined by ", "
    volatile: frozenset[str] = field(
        default=frozenset()
    )  # dotted fact paths, or their heads, that change by themselves
    machine: str | None = None
    organization: str | None = None


def to_milliseconds(moment: datetime) -> datetime:
    """The same moment in UTC, cut to whole milliseconds."""
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def worst(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """The worst of several outcomes; None for none."""
    return max(outcomes, default=None)
