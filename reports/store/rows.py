"""A run as the rows it becomes. Pure: it asks the database nothing, so all of it is done before a row is locked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from reports.run import Cause, Change, Explanation, Json, LogLevel, LogLine, Outcome, ResourceOutcome, Run, Status
from reports.store.arrived import ArrivedRun, Ordering, order
from reports.store.copying import Field
from reports.store.ids import machine_id, node_id, resource_id
from reports.store.jsonb import jsonb_text
from reports.store.likeness import likeness
from reports.store.marks import Moment
from reports.store.resource_sets import Listed
from reports.store.text import clean_name, clean_value

Row: TypeAlias = Sequence[Field]

RUN_COLUMNS = (
    "node_id", "at", "received_at", "resource_set_id", "machine_id", "claimed_at", "id", "duration_ms",
    "total", "unchanged", "changed", "failed", "skipped", "pending",
    "corrective", "intended", "first_build", "repeated", "triggered", "unknown",
    "outcome", "richness", "noop", "tool", "environment", "code_version", "declared_set_id",
)  # fmt: skip
DETAIL_COLUMNS = ("node_id", "at", "run_id", "message", "tool_version", "logs", "timings")
CHANGE_COLUMNS = (
    "node_id", "at", "resource_id", "run_id", "ordinal", "status", "cause", "cause_source", "said_corrective",
    "is_sensitive", "tool", "environment", "property", "old", "new", "reason", "message", "diff", "key", "defined_at",
    "found", "desired", "likeness", "said_triggered", "is_action",
)  # fmt: skip

NOT_EXPLAINED = Explanation(Cause.UNKNOWN, None, "")  # what a change is stored with, until drift explains it

COUNTED = (Cause.CORRECTIVE, Cause.INTENDED, Cause.FIRST_BUILD, Cause.REPEATED, Cause.TRIGGERED, Cause.UNKNOWN)
_NOT_COUNTED: Row = (None,) * len(COUNTED)
_MOST_INTEGER = 2**31 - 1
_MOST_RICHNESS = 2**15 - 1
_MOST_LOG_BYTES = 16 << 20
_MOST_LOG_LINE_BYTES = 256 << 10


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """An arrived run with its place: the node, and the moment that orders it."""

    arrived: ArrivedRun
    node_id: int
    ordering: Ordering

    @property
    def at(self) -> datetime:
        return self.ordering.at

    @property
    def moment(self) -> Moment:
        return Moment(self.node_id, self.at)

    @property
    def key(self) -> tuple[int, UUID]:
        """What makes a run one run: the same id on another node is another run."""
        return self.node_id, self.arrived.run.run_id

    @property
    def richness(self) -> int:
        """Of the report, as the store keeps it."""
        return max(-_MOST_RICHNESS, min(self.arrived.run.richness, _MOST_RICHNESS))


def place(arrived: ArrivedRun) -> PlacedRun:
    """Where the run belongs."""
    run = arrived.run
    return PlacedRun(arrived, node_id(arrived.site, run.node), order(run.started_at, arrived.received_at))


@dataclass(frozen=True, slots=True)
class RunRows:
    """A run with all the rows that it becomes."""

    placed: PlacedRun
    run: Row
    details: tuple[Row, ...]
    changes: tuple[Row, ...]


def make_rows(placed: PlacedRun, listed: Listed) -> RunRows:
    """The rows of one run; `listed` names the sets of what it looked at, where it lists them."""
    return RunRows(placed, run_row(placed, listed), tuple(detail_rows(placed)), tuple(change_rows(placed)))


def run_row(placed: PlacedRun, listed: Listed) -> Row:
    """The row of `run`, in the order of RUN_COLUMNS."""
    run, counts = placed.arrived.run, placed.arrived.run.counts
    return (
        placed.node_id,
        placed.at,
        placed.arrived.received_at,
        listed.resource_set_id,
        None if run.machine is None else machine_id(run.machine),
        placed.ordering.claimed_at,
        run.run_id,
        _duration_ms(run),
        min(counts.total, _MOST_INTEGER),
        min(counts.unchanged, _MOST_INTEGER),
        *(_some(count) for count in (counts.changed, counts.failed, counts.skipped, counts.pending)),
        *_causes(placed.arrived),
        None if run.outcome is None else int(run.outcome),
        placed.richness,
        run.noop,
        clean_name(run.tool),
        _name(run.environment),
        _name(run.code_version),
        listed.declared_set_id,
    )


def detail_rows(placed: PlacedRun) -> Iterator[Row]:
    """The row of `run_detail`, where there is something to tell. Of an unchanged run only warnings and worse are."""
    run = placed.arrived.run
    is_quiet = run.outcome is Outcome.UNCHANGED
    logs = [line for line in run.logs if line.level >= LogLevel.WARNING] if is_quiet else run.logs
    if is_quiet and not logs and run.message is None:
        return
    yield (
        placed.node_id,
        placed.at,
        run.run_id,
        _value(run.message),
        _name(run.tool_version),
        jsonb_text([*_kept_lines(logs)]),
        jsonb_text([[clean_value(what), seconds] for what, seconds in run.timings]),
    )


def change_rows(placed: PlacedRun) -> Iterator[Row]:
    """The rows of `change`, one for each change in the order of the run."""
    run, site = placed.arrived.run, placed.arrived.site
    changes = [(resource, change) for resource in run.resources for change in resource.changes]
    explanations = placed.arrived.explanations or [NOT_EXPLAINED] * len(changes)
    tool, environment = clean_name(run.tool), _name(run.environment)
    for ordinal, ((resource, change), explanation) in enumerate(zip(changes, explanations, strict=True)):
        yield (
            placed.node_id,
            placed.at,
            resource_id(resource.type, resource.title),
            run.run_id,
            ordinal,
            int(change.status),
            int(explanation.cause),
            None if explanation.source is None else int(explanation.source),
            change.corrective,
            change.is_sensitive,
            tool,
            environment,
            *_told(resource, change, explanation),
            likeness(site, run, resource, change),
            change.triggered,
            resource.is_action,
        )


def _told(resource: ResourceOutcome, change: Change, explanation: Explanation) -> Iterator[str | None]:
    """The texts of a change, from `property` on."""
    yield _value(change.property)
    yield _value(change.old)
    yield _value(change.new)
    yield clean_value(explanation.reason)
    yield _value(change.message)
    yield _value(change.diff)
    yield _value(resource.key)
    yield _value(resource.defined_at)
    yield _value(resource.found)
    yield _value(resource.desired)


def _causes(arrived: ArrivedRun) -> Row:
    """How many changes were made for which cause; nothing at all where there was no change to explain.

    Only what succeeded was changed: a failed, skipped or pending change is a change that is still to come.
    """
    statuses = [change.status for resource in arrived.run.resources for change in resource.changes]
    if not statuses:
        return _NOT_COUNTED
    explanations = arrived.explanations or [NOT_EXPLAINED] * len(statuses)
    causes = Counter(
        explanation.cause
        for status, explanation in zip(statuses, explanations, strict=True)
        if status is Status.SUCCESS
    )
    return [causes[cause] for cause in COUNTED]


def _some(count: int) -> int | None:
    """None for none: that is what most runs have, and a NULL costs nothing."""
    return min(count, _MOST_INTEGER) or None


def _duration_ms(run: Run) -> int | None:
    if run.ended_at is None:
        return None
    milliseconds = round((run.ended_at - run.started_at).total_seconds() * 1000)
    return max(0, min(milliseconds, _MOST_INTEGER))


def _kept_lines(logs: Sequence[LogLine]) -> Iterator[Json]:
    left = _MOST_LOG_BYTES
    for number, line in enumerate(logs):
        source, message = (clean_value(text, _MOST_LOG_LINE_BYTES) for text in (line.source, line.message))
        left -= len(source) + len(message)
        if left < 0:
            yield [int(LogLevel.WARNING), "", f"… [{len(logs) - number} more lines, not kept]", None]
            return
        yield [int(line.level), source, message, None if line.at is None else line.at.isoformat()]


def _name(text: str | None) -> str | None:
    return None if text is None else clean_name(text)


def _value(text: str | None) -> str | None:
    return None if text is None else clean_value(text)
