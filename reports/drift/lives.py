"""Which machine stood behind a node's name at each run: what happened to another machine is no evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from reports.drift.history import LOOK_BACK, Life, PastRun


def since_when(runs: Sequence[PastRun], lives: Sequence[Life]) -> Iterator[tuple[int, datetime | None]]:
    """For each run of one tool: the first of those runs that is of the same machine, and since when that one is known.

    No further back than LOOK_BACK. A run that tells its machine is compared with others that do; where none of them
    does, the lives tell. One that tells nothing among others that do is taken to be of the machine before it.
    """
    for index, run in enumerate(runs):
        first = max(0, index - LOOK_BACK)
        window = runs[first : index + 1]
        born = _born(run.at, lives)
        if any(one.machine_id is not None for one in window):
            yield first + _same_machine(window), born
        else:
            yield first + _since(window, born), born


def _same_machine(window: Sequence[PastRun]) -> int:
    """The place of the first run of the last run's machine, without a run of another machine between."""
    machine: int | None = None
    for place in range(len(window) - 1, -1, -1):
        told = window[place].machine_id
        if told is not None and machine is not None and told != machine:
            return place + 1
        machine = machine if told is None else told
    return 0


def _since(window: Sequence[PastRun], born: datetime | None) -> int:
    return 0 if born is None else sum(run.at < born for run in window)


def _born(at: datetime, lives: Sequence[Life]) -> datetime | None:
    """When the machine of a moment was first seen; None where none was seen before it.

    A name that goes to and fro between machines it had before (two tools tell the same one differently) is not reborn.
    The first machine was there before it was told.
    """
    seen: set[int] = set()
    born = None
    for life in lives:
        if life.since > at:
            break
        if seen and life.machine_id not in seen:
            born = life.since
        seen.add(life.machine_id)
    return born
