"""One change with all that may be asked about it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from reports.drift.evidence import Course, Sighting, sightings
from reports.drift.history import LOOK_BACK, PastChange, PastRun
from reports.drift.values import found_what, is_same_again, sets_what
from reports.drift.versions import moved
from reports.run import Status


class Left(enum.Enum):
    """What an earlier run had left, compared with the change."""

    WANTED = enum.auto()  # what the change sets again
    FOUND = enum.auto()  # what the change found, and replaces


class Before(NamedTuple):
    """The last run that left one of the two values of a change."""

    left: Left
    seen: Sighting


class Question:
    """Why was this change needed? Holds what is known of its resource before it."""

    __slots__ = ("change", "course", "index", "is_anew", "past", "run")

    def __init__(self, course: Course, index: int, change: PastChange, *, is_anew: bool = False) -> None:
        self.course = course
        self.index = index
        self.change = change
        self.is_anew = is_anew  # the run builds the machine anew, as it seems
        self.run: PastRun = course.runs[index]
        self.past: Sequence[Sighting] = [*sightings(course, index, change.resource_id)]

    def beside(self) -> list[PastChange]:
        """The other changes of the same property in the same run."""
        return [
            one
            for one in self.course.changed[self.index][self.change.resource_id]
            if one.key != self.change.key and one.property == self.change.property and one.status is self.change.status
        ]

    def follows_another(self) -> bool:
        """Whether another resource was changed before it in the same run."""
        return self._follows(self.index, self.change)

    def is_done_alone(self) -> bool:
        """Whether a run before did the same without having changed anything else before it."""
        return any(
            seen.index is not None and one is not None and not self._follows(seen.index, one)
            for seen in self.past
            for one in [self.same_in(seen)]
        )

    def _follows(self, index: int, change: PastChange) -> bool:
        return any(
            one.status is Status.SUCCESS and one.key.ordinal < change.key.ordinal
            for resource, made in self.course.changed[index].items()
            if resource != change.resource_id
            for one in made
        )

    def is_done_in_every_run(self) -> bool:
        """Whether all runs that looked at it did something to it, since the first that did; at least one did."""
        if not self.past or not all(seen.made for seen in self.past):
            return False
        known = [seen.index for seen in self.past if seen.index is not None]
        resource = self.change.resource_id
        return not any(
            resource not in self.course.changed[j] and self.course.looked_at(j, resource)
            for j in range(min(known, default=self.index), self.index)
        )

    def done_again_beside(self, most: int) -> int:
        """To how many resources this run did the same as the last one that changed this one; up to `most`."""
        last = self.past[0].index if self.past else None
        if last is None:
            return 0
        now, then = self.course.changed[self.index], self.course.changed[last]
        alike = (
            resource
            for resource, made in now.items()
            if any(is_same_again(one, other) for one in made for other in then.get(resource, ()))
        )
        return sum(1 for _ in islice(alike, most))

    def was_out_of_sight(self) -> bool:
        """Whether it was known before, but not to the LOOK_BACK runs just before, though these list what they see."""
        if not self.past or self.past[0].index is not None or self.index < LOOK_BACK:
            return False
        before = range(self.index - LOOK_BACK, self.index)
        return all(self.course.runs[j].resource_set_id is not None for j in before)

    def same_in(self, seen: Sighting) -> PastChange | None:
        """What an earlier run did to the same property; None where it found it in sync, or did something else."""
        change = self.change
        return next(
            (one for one in seen.made if (one.property, one.occurrence) == (change.property, change.occurrence)), None
        )

    def before(self) -> Before | None:
        """The last run that is known to have left the value found or the value wanted; None where none is.

        Where it left both, the declaration says no more than these values: found, for nothing was moved away from it.
        """
        for seen in self.past:
            left = self._left(seen)
            if left is not None:
                return Before(left, seen)
        return None

    def _left(self, seen: Sighting) -> Left | None:
        made = [one for one in seen.made if one.property == self.change.property]
        if any(found_what(self.change, one) for one in made):
            return Left.FOUND
        if any(sets_what(self.change, one) for one in made):
            return Left.WANTED
        if made or seen.index is None:
            return None
        if self.course.declares(seen.index, self.change.resource_id, self.change.desired):
            return Left.WANTED
        if self.course.declares(seen.index, self.change.resource_id, self.change.found):
            return Left.FOUND
        return None

    def code_moved(self, seen: Sighting) -> bool | None:
        """Whether the code is another one than it was then; None where it has no version."""
        if seen.index is None:
            return None
        return moved(self.course.runs[seen.index].code_version, self.run.code_version)

    def environment_before(self, seen: Sighting) -> str | None:
        """The environment of an earlier run, where it was another one than this run's."""
        before = None if seen.index is None else self.course.runs[seen.index].environment
        return None if self.run.environment in (None, before) else before

    def code_since(self, seen: Sighting) -> str:
        """What the version of the code adds to a reason: a half-sentence, or nothing."""
        match self.code_moved(seen):
            case None:
                return ""
            case True:
                return "; the code had moved"
        return "; the code had not moved"
