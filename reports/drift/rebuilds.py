"""Runs that build a machine anew behind a name that told no new identity: nearly all that is listed comes into being.

Pure. A disk that was emptied by hand looks so, too; but then something of what was made before is left, most times.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.drift.evidence import Course, sightings
from reports.drift.history import LOOK_BACK, PastChange
from reports.drift.values import found_nothing, removes
from reports.run import Status

_FEWEST: Final = 5  # resources put in place again; fewer may be one folder that is gone


def builds_anew(course: Course, index: int) -> bool:
    """Whether a run puts in place again most of what it looks at, and finds nothing left that was made before it.

    Where the tool knows of drift it still has its memory, and is on the machine that it was on.
    """
    changed = course.changed[index]
    made = [resource for resource, changes in changed.items() if any(map(_makes, changes))]
    unchanged = course.runs[index].unchanged
    if len(made) < _FEWEST or unchanged is None or unchanged > len(made):
        return False
    if any(change.said_corrective for changes in changed.values() for change in changes):
        return False
    again = sum(any(sightings(course, index, resource)) for resource in made)
    is_left = any(_is_left(course, index, resource) for resource in _made(course, index))
    return again >= max(_FEWEST, len(made) / 2) and not is_left


def _makes(change: PastChange) -> bool:
    """Whether there was nothing before, or nothing is told of what there was."""
    is_untold = change.old is None and change.found is None and change.new is not None
    is_made = (found_nothing(change) or is_untold) and not removes(change)
    return is_made and change.status is not Status.SKIPPED and not change.is_action


def _made(course: Course, index: int) -> Iterator[int]:
    """The resources that came into being in the runs before, as far back as a cause may look."""
    for j in range(max(course.firsts[index], index - LOOK_BACK), index):
        for resource, changes in course.changed[j].items():
            if any(found_nothing(change) and change.status is Status.SUCCESS for change in changes):
                yield resource


def _is_left(course: Course, index: int, resource: int) -> bool:
    """Whether the run found it in place."""
    return resource not in course.changed[index] and course.lists(index, resource)
