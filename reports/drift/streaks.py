"""Changes by construction: a resource that changes in every run that looks at it, whatever it finds. Pure."""

from __future__ import annotations

from typing import Final

from reports.drift.evidence import Course
from reports.drift.history import LOOK_AHEAD, PastChange
from reports.drift.values import found_what, is_stateless, sets_what
from reports.drift.versions import moved
from reports.run import Status

ENOUGH_RUNS: Final = 3  # in a row


def streak(course: Course, index: int, change: PastChange) -> int:
    """In how many runs in a row, this one among them, the same was done without anything having been undone.

    A command that is run anew, or a value that is found as it was left and still set to another. Two that are links of
    a chain only by not telling what they found are no proof: at least one must tell.
    """
    links = [*_back(course, index, change), *_ahead(course, index, change)]
    is_told = is_stateless(change) or True in links
    return 1 + len(links) if is_told else 1


def _back(course: Course, index: int, change: PastChange) -> list[bool]:
    links: list[bool] = []
    here, first = change, course.firsts[index]
    for j in range(index - 1, first - 1, -1):
        before = _same(course, j, here)
        if before is None:
            if course.looked_at(j, here.resource_id):
                break
            continue
        link = _link(course, (j, before), (index, here), first=first)
        if link is None:
            break
        links.append(link)
        here, index = before, j
    return links


def _ahead(course: Course, index: int, change: PastChange) -> list[bool]:
    """As _back. A run that changed nothing ends the chain like the want of any later run."""
    links: list[bool] = []
    here, first = change, course.firsts[index]
    for j in range(index + 1, min(index + LOOK_AHEAD, len(course.runs) - 1) + 1):
        if course.firsts[j] > index:
            break
        after = _same(course, j, here)
        if after is None:
            if course.looked_at(j, here.resource_id):
                break
            continue
        link = _link(course, (index, here), (j, after), first=first)
        if link is None:
            break
        links.append(link)
        here, index = after, j
    return links


def _same(course: Course, index: int, change: PastChange) -> PastChange | None:
    """The change of the same property in another run; where there are several, the one of the same declaration."""
    there = [
        one
        for one in course.changed[index].get(change.resource_id, ())
        if one.property == change.property and one.status is Status.SUCCESS and not one.said_triggered
    ]
    return next((one for one in there if one.occurrence == change.occurrence), there[-1] if there else None)


def _link(course: Course, before: tuple[int, PastChange], after: tuple[int, PastChange], *, first: int) -> bool | None:
    """Whether one follows from the other by construction: yes, as far as is told (False), or no (None).

    `first`: the first run that the change in question may be compared with, wherever in its chain the two stand.
    """
    (i, earlier), (j, later) = before, after
    if course.runs[i].environment != course.runs[j].environment:
        return None  # another environment asks for other values
    if is_stateless(earlier) and is_stateless(later):
        return True
    if later.desired is not None and later.desired == earlier.desired:
        return None
    if found_what(later, earlier):
        if _returns(course, range(first, i), later):
            return True if later.said_corrective is None else None
        return None if moved(course.runs[i].code_version, course.runs[j].code_version) else True
    return False if earlier.desired is None and earlier.new is None else None


def _returns(course: Course, before: range, change: PastChange) -> bool:
    """Whether what it sets had been set in a run before. To and fro is no progress of the code, unless the tool says
    that the code asked for it.
    """
    return any(
        one.status is Status.SUCCESS and one.property == change.property and sets_what(change, one)
        for j in before
        for one in course.changed[j].get(change.resource_id, ())
    )
