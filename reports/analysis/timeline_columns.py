"""Which runs of a node make the columns of its timeline? Pure: from runs to columns, each a run or a slice of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID

from reports.run import Outcome

EPOCH: Final = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday: slices of a week begin where weeks do
SLICES: Final = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 40320)
)


class TimelineRun(NamedTuple):
    """A run, as far as a column needs it. A NamedTuple because a window may hold thousands."""

    at: datetime
    id: UUID
    tool: str
    outcome: Outcome | None
    is_noop: bool
    is_clock_wrong: bool


@dataclass(frozen=True, slots=True)
class TimelineColumn:
    """One eventful run, or the runs of one slice of time in which something happened.

    `run` is the newest of the worst. `runs` counts all, also those that changed nothing. `quiet_before` are the runs
    between the column before and this one, all of them unchanged.
    """

    starts_at: datetime  # of its first run
    ends_at: datetime  # of its last run
    run: TimelineRun
    runs: int
    quiet_before: int


@dataclass(frozen=True, slots=True)
class TimelineColumns:
    """Oldest first. `slice` is how long a column lasts, None where each is one run; `quiet_after` as `quiet_before`."""

    columns: tuple[TimelineColumn, ...]
    quiet_after: int
    slice: timedelta | None


def lay_columns(runs: Sequence[TimelineRun], *, most: int) -> TimelineColumns:
    """Columns for these runs, oldest first, no more than `most`: a run each where they are few enough, else slices."""
    eventful = sum(map(is_eventful, runs))
    if eventful <= most:
        return _lay([[run] for run in runs], None)
    for slice_ in SLICES:
        groups = _slice(runs, slice_)
        if sum(any(map(is_eventful, group)) for group in groups) <= most:
            return _lay(groups, slice_)
    return _lay([list(runs)], runs[-1].at - runs[0].at)


def _slice(runs: Sequence[TimelineRun], slice_: timedelta) -> list[list[TimelineRun]]:
    """The runs by the slice of time that they began in; slices without a run are left out."""
    return [list(group) for _, group in groupby(runs, key=lambda run: (run.at - EPOCH) // slice_)]


def is_eventful(run: TimelineRun) -> bool:
    """Whether a run did something; one that never finished may have."""
    return run.outcome is not Outcome.UNCHANGED


def _lay(groups: Iterable[Sequence[TimelineRun]], slice_: timedelta | None) -> TimelineColumns:
    columns: list[TimelineColumn] = []
    quiet = 0
    for group in groups:
        if not any(map(is_eventful, group)):
            quiet += len(group)
            continue
        columns.append(TimelineColumn(group[0].at, group[-1].at, _worst(group), len(group), quiet))
        quiet = 0
    return TimelineColumns(tuple(columns), quiet, slice_)


def _worst(group: Sequence[TimelineRun]) -> TimelineRun:
    """The newest of those that ended worst; one without an end is but a little worse than one that changed nothing."""
    return max(group, key=lambda run: (run.outcome or Outcome.UNCHANGED, is_eventful(run), run.at))
