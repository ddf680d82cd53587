"""What is known of a resource before one of its changes: what was set when, and when it was seen in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from reports.drift.history import EARLIER_CHANGES, LOOK_BACK, History, PastChange, PastRun
from reports.drift.lives import since_when
from reports.run import Outcome, Status
from reports.store.ids import declared_id

ByResource: TypeAlias = Mapping[int, Sequence[PastChange]]


@dataclass(frozen=True, slots=True)
class Course:
    """The runs of one tool on one node, with what each of them tells of a resource.

    `firsts` holds for each run the first run that its changes may be compared with, `borns` since when its machine is
    known to stand behind the name (None: as far as is known, always). `built` holds the run that found nothing new to
    do for the first time since a machine's first one.
    """

    history: History
    runs: Sequence[PastRun]
    changed: Sequence[ByResource]
    firsts: Sequence[int]
    borns: Sequence[datetime | None]
    built: Mapping[int, int] = field(default_factory=dict)  # by the first run of a machine; none where it never ended

    @classmethod
    def of(cls, history: History, tool: str) -> Course:
        """The course of one tool."""
        runs = [run for run in history.runs if run.tool == tool]
        starts = [*since_when(runs, [life for life in history.lives if life.tool == tool])]
        changed = [_by_resource(history.changes.get(run.run_id, ())) for run in runs]
        course = cls(history, runs, changed, [first for first, _ in starts], [born for _, born in starts])
        return replace(course, built=dict(_ends_of_building(course)))

    def lists(self, index: int, resource: int) -> bool:
        """Whether the run says that it looked at the resource."""
        set_id = self.runs[index].resource_set_id
        return set_id is not None and resource in self.history.resource_sets.get(set_id, ())

    def declares(self, index: int, resource: int, state: str | None) -> bool:
        """Whether the run found the resource in sync, declared in this very state."""
        set_id = self.runs[index].declared_set_id
        if set_id is None or state is None:
            return False
        return declared_id(resource, state) in self.history.declared_sets.get(set_id, ())

    def tells_listing(self, index: int) -> bool:
        """Whether the tool says what it looked at and left alone."""
        return any(self.runs[j].resource_set_id is not None for j in range(self.firsts[index], index + 1))

    def begins(self, index: int) -> bool:
        """Whether every run of this tool on the run's machine, up to this one, is known."""
        if self.firsts[index] > max(0, index - LOOK_BACK):
            return True
        return self.history.is_whole and index < LOOK_BACK

    def is_first(self, index: int) -> bool:
        """Whether it is the very first run on its machine."""
        return self.firsts[index] == index and self.begins(index)

    def is_building(self, index: int) -> bool:
        """Whether the machine is still being built: each run since its first has done what none did before it."""
        return self.begins(index) and index <= self.built.get(self.firsts[index], index)

    def looked_at(self, index: int, resource: int) -> bool:
        """Whether a run that did not change the resource looked at it, as far as is told."""
        run = self.runs[index]
        return self.lists(index, resource) if run.resource_set_id is not None else _is_done(run)


def _ends_of_building(course: Course) -> Iterator[tuple[int, int]]:
    for first in {course.firsts[index] for index in range(len(course.runs)) if course.begins(index)}:
        done: set[int] = set()
        for index in range(first, min(first + LOOK_BACK, len(course.runs))):
            made = {
                resource
                for resource, changes in course.changed[index].items()
                if any(change.status is Status.SUCCESS for change in changes)
            }
            if made <= done and _is_done(course.runs[index]) and not course.runs[index].noop:
                yield first, index
                break
            done |= made


def _is_done(run: PastRun) -> bool:
    """Whether it got as far as looking at everything."""
    return run.outcome not in (Outcome.FAILED, None)


def _by_resource(changes: Sequence[PastChange]) -> ByResource:
    found: defaultdict[int, list[PastChange]] = defaultdict(list)
    for change in changes:
        found[change.resource_id].append(change)
    return found


@dataclass(frozen=True, slots=True)
class Sighting:
    """A run that left the resource as the code wanted it: by changing it, or by finding it so.

    `index` is None for a change from before the runs that are known.
    """

    at: datetime
    index: int | None
    made: Sequence[PastChange]  # its successful changes of the resource; empty: it found it in sync


def sightings(course: Course, index: int, resource: int) -> Iterator[Sighting]:
    """All that may be known of a resource before a run, the newest first, however the history is cut: see history.py.

    A run in which the resource failed, was skipped, or would have changed says nothing of its being in place.
    """
    first = course.firsts[index]
    told = 0
    for j in range(index - 1, first - 1, -1):
        changes = course.changed[j].get(resource, ())
        told += len(changes)
        made = [change for change in changes if change.status is Status.SUCCESS]
        if made or (not changes and course.lists(j, resource)):
            yield Sighting(course.runs[j].at, j, made)
    if first > max(0, index - LOOK_BACK):
        return  # it was another machine before
    born = course.borns[index]
    for number, change in enumerate(_older(course, first, resource)):
        if told + number >= EARLIER_CHANGES or (born is not None and change.at < born):
            return
        if change.status is Status.SUCCESS:
            yield Sighting(change.at, None, [change])


def _older(course: Course, first: int, resource: int) -> Iterator[PastChange]:
    """The changes of a resource from before a run, the newest first."""
    for j in range(first - 1, -1, -1):
        yield from reversed(course.changed[j].get(resource, ()))
    yield from course.history.earlier.get(resource, ())
