"""The runs of one tool on one node, one after the other, and what each of them says of a resource.

Pure. Nothing here looks further than history.py allows, so that a cause is the same whether a node's whole history is
at hand or only the part of it around a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from reports.drift.history import EARLIER_CHANGES, LOOK_AHEAD, LOOK_BACK, History, Listing, PastChange, PastRun
from reports.run import Outcome, Status
from reports.store.ids import declared_id

ChangesByResource: TypeAlias = dict[int, list[PastChange]]


@dataclass(frozen=True, slots=True)
class Step:
    """One run: what it changed, what it listed, and what it declared of that which it found in sync."""

    run: PastRun
    machine_id: int | None
    changes: ChangesByResource
    listing: Listing | None
    declared: Listing

    @property
    def put_in_place(self) -> bool:
        """Whether the run did its work, so that what comes after it is no longer a first build."""
        if self.run.outcome in (None, Outcome.PENDING) or self.run.noop:
            return False
        if any(change.status is Status.SUCCESS for told in self.changes.values() for change in told):
            return True
        return self.run.outcome is not Outcome.FAILED

    def found_in_sync(self, resource: int) -> bool:
        """Whether the run lists the resource as one that it looked at and left alone."""
        return self.listing is not None and resource in self.listing and resource not in self.changes

    def may_have_looked_at(self, resource: int) -> bool:
        """Not of a run that lists what it looked at without this resource, nor of one that failed and does not list."""
        if resource in self.changes:
            return True
        if self.listing is not None:
            return resource in self.listing
        return self.run.outcome not in (None, Outcome.FAILED)

    def did(self, change: PastChange) -> list[PastChange]:
        """What the run did to the same property of the same resource."""
        return [told for told in self.changes.get(change.resource_id, ()) if is_alike(told, change)]

    def declares(self, resource: int, state: str | None) -> bool:
        """Whether the run found the resource in sync with a declared state of this digest."""
        return state is not None and declared_id(resource, state) in self.declared


@dataclass(frozen=True, slots=True)
class Course:
    """One run among those of the same tool and, as far as is known, the same machine; nearest first."""

    here: Step
    before: Sequence[Step]
    after: Sequence[Step]
    is_first_build: bool  # nothing was put in place on this machine before
    earlier: dict[int, list[PastChange]]  # of each resource that changes here, its last changes; newest first

    def last_set(self, change: PastChange) -> Iterator[PastChange]:
        """The times the same property was set before, however long ago; newest first."""
        return (
            told
            for told in self.earlier[change.resource_id]
            if told.status is Status.SUCCESS and is_alike(told, change)
        )

    def last_seen(self, resource: int) -> datetime | None:
        """When the resource was last known to be in place: found in sync, or set to what it should be."""
        in_sync = next((step.run.at for step in self.before if step.found_in_sync(resource)), None)
        was_set = next((told.at for told in self.earlier[resource] if told.status is Status.SUCCESS), None)
        return max(filter(None, (in_sync, was_set)), default=None)

    @property
    def knows_listings(self) -> bool:
        """Whether an earlier run said what it looked at: then what it does not name was not there to look at."""
        return any(step.listing is not None and step.put_in_place for step in self.before)


def is_alike(one: PastChange, other: PastChange) -> bool:
    """Whether two changes are of one property of one resource."""
    return (one.resource_id, one.property, one.occurrence) == (other.resource_id, other.property, other.occurrence)


def courses(history: History) -> Iterator[Course]:
    """Of every run that changes something and is to be explained, in order."""
    explained = {run.run_id for run in history.runs[history.known_before :]}
    by_tool: defaultdict[str, list[PastRun]] = defaultdict(list)
    for run in history.runs:
        by_tool[run.tool].append(run)
    for runs in by_tool.values():
        yield from _of_one_tool(history, runs, explained)


def _of_one_tool(history: History, runs: Sequence[PastRun], explained: set[UUID]) -> Iterator[Course]:
    steps = [_step(history, run) for run in runs]
    changed: dict[int, list[PastChange]] = {}  # newest last
    for number, here in enumerate(steps):
        if here.changes and here.run.run_id in explained:
            yield _course(history, steps, number, changed)
        for resource, told in here.changes.items():
            changed.setdefault(resource, [*reversed(history.earlier.get(resource, ()))]).extend(told)


def _course(history: History, steps: Sequence[Step], number: int, changed: dict[int, list[PastChange]]) -> Course:
    here = steps[number]
    window = steps[max(0, number - LOOK_BACK) : number]
    before = [step for step in reversed(window) if step.machine_id == here.machine_id]
    reaches_the_first = (number < LOOK_BACK and history.is_whole) or len(before) < len(window)
    return Course(
        here,
        before,
        _after(steps, number),
        is_first_build=reaches_the_first and not any(step.put_in_place for step in before),
        earlier={resource: [*_earlier(history, changed, here, resource)] for resource in here.changes},
    )


def _earlier(history: History, changed: dict[int, list[PastChange]], here: Step, resource: int) -> Iterator[PastChange]:
    """The last changes of a resource: as many as can always be had, and of them those on this machine."""
    told = changed.get(resource)
    newest_first = reversed(told) if told is not None else iter(history.earlier.get(resource, ()))
    for change in islice(newest_first, EARLIER_CHANGES):
        if machine_at(history, change.at) == here.machine_id:
            yield change


def _after(steps: Sequence[Step], number: int) -> Sequence[Step]:
    """The runs that follow on the same machine, as far as each of them changes something."""
    following = []
    for step in steps[number + 1 : number + 1 + LOOK_AHEAD]:
        if not step.changes or step.machine_id != steps[number].machine_id:
            break
        following.append(step)
    return following


def _step(history: History, run: PastRun) -> Step:
    changes: ChangesByResource = {}
    for change in history.changes.get(run.run_id, ()):
        changes.setdefault(change.resource_id, []).append(change)
    listing = None if run.resource_set_id is None else history.resource_sets.get(run.resource_set_id, frozenset())
    declared: Listing = frozenset()
    if run.declared_set_id is not None:
        declared = history.declared_sets.get(run.declared_set_id, frozenset())
    return Step(run, machine_at(history, run.at, run.machine_id), changes, listing, declared)


def machine_at(history: History, at: datetime, told: int | None = None) -> int | None:
    """The machine behind the name at a moment; before the first that is known of, that one."""
    if told is not None or not history.lives:
        return told
    found = history.lives[0].machine_id
    for life in history.lives:
        if life.since > at:
            break
        found = life.machine_id
    return found
