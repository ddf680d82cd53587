"""Which stretches of a node's runs are explained at once, and how much of what lies around them that needs.

Pure. However far back a late report lies, and however much a node changes, no more than MOST_WEIGHT is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from reports.drift.history import LOOK_AHEAD, LOOK_BACK, PastRun
from reports.run import Outcome

MOST_WEIGHT: Final = 20_000  # runs and resources that changed; some 20 MB of changes

Counters: TypeAlias = tuple[int, ...]


class StoredRun(NamedTuple):
    """A run, and what the store has counted of it: NULL counters are those of a run without changes."""

    node_id: int
    past: PastRun
    outcome: Outcome | None  # as stored; that of `past` knows no CORRECTED
    counters: Counters | None
    weight: int  # about how many changes it has

    @property
    def key(self) -> tuple[int, str]:
        return self.node_id, self.past.tool


@dataclass(frozen=True, slots=True)
class Slice:
    """Runs of one tool on one node: evidence, then from `begin` up to `end` what is explained, then what came after."""

    runs: Sequence[StoredRun]
    begin: int
    end: int
    is_whole: bool  # nothing came before these runs

    @property
    def node_id(self) -> int:
        return self.runs[0].node_id

    @property
    def tool(self) -> str:
        return self.runs[0].past.tool

    @property
    def explained(self) -> Sequence[StoredRun]:
        return self.runs[self.begin : self.end]

    @property
    def weight(self) -> int:
        return sum(run.weight for run in self.runs)


@dataclass(frozen=True, slots=True)
class Stretch:
    """All runs of one tool on one node since a moment, and those just before it."""

    runs: Sequence[StoredRun]
    since: datetime
    is_whole: bool


def cut(stretch: Stretch) -> Iterator[Slice]:
    """The slices of a stretch. Where nothing changed there is nothing to explain."""
    runs = stretch.runs
    before = sum(run.past.at < stretch.since for run in runs)
    eventful = [i for i in range(max(0, before - LOOK_AHEAD), len(runs)) if runs[i].counters is not None]
    begin = end = weight = 0
    for number, index in enumerate(eventful):
        weight += runs[index].weight + index - end
        if number and weight > MOST_WEIGHT:
            yield _slice(stretch, begin, end)
        if not number or weight > MOST_WEIGHT:
            begin, weight = index, runs[index].weight
        end = index + 1
    if eventful:
        yield _slice(stretch, begin, end)


def _slice(stretch: Stretch, begin: int, end: int) -> Slice:
    first = max(0, begin - LOOK_BACK)
    runs = stretch.runs[first : end + LOOK_AHEAD]
    return Slice(runs, begin - first, end - first, stretch.is_whole and first == 0)


def portions(slices: Iterable[Slice]) -> Iterator[list[Slice]]:
    """Slices to be read together, at least one at a time."""
    portion: list[Slice] = []
    weight = 0
    for one in slices:
        if portion and weight + one.weight > MOST_WEIGHT:
            yield portion
            portion, weight = [], 0
        portion.append(one)
        weight += one.weight
    if portion:
        yield portion


def by_tool(runs: Iterable[StoredRun]) -> dict[tuple[int, str], list[StoredRun]]:
    """The runs of each node and tool, in order."""
    ordered = sorted(runs, key=lambda run: (*run.key, run.past.at, run.past.run_id))
    return {key: [*group] for key, group in groupby(ordered, key=attrgetter("key"))}
