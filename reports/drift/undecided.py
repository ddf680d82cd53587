"""Changes that the node's earlier runs do not explain: what is likely, from what lies beside and around them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from reports.drift.history import ENOUGH_COMPANIONS, LOOK_AHEAD, ChangeKey, PastChange
from reports.drift.question import Question
from reports.drift.reasons import moment, presumed, unknown
from reports.run import Cause, Explanation, Status

_ROLL_OUT: Final = 5  # resources changed in one run for no other reason: drift seldom strikes so many at once


def presume(undecided: Sequence[Question], companions: Mapping[ChangeKey, int]) -> Iterator[Explanation]:
    """One explanation for each undecided change of one run."""
    resources = len({asked.change.resource_id for asked in undecided})
    foreign = _foreign(undecided)
    for asked in undecided:
        yield _around(asked, companions.get(asked.change.key, 0), resources, foreign) or _alone(asked)


def _found(asked: Question) -> str | None:
    change = asked.change
    return change.found or (None if change.is_sensitive else change.old)


def _foreign(undecided: Sequence[Question]) -> set[str]:
    """States found in several resources that ask for other ones. Where all ask for one state, it may be a roll-out."""
    resources: defaultdict[str, set[int]] = defaultdict(set)
    wanted: defaultdict[str, set[str | None]] = defaultdict(set)
    for asked in undecided:
        if (found := _found(asked)) is not None:
            resources[found].add(asked.change.resource_id)
            wanted[found].add(asked.change.desired or asked.change.new)
    return {found for found in wanted if len(resources[found]) > 1 and len(wanted[found]) > 1}


def _around(asked: Question, companions: int, resources: int, foreign: Collection[str]) -> Explanation | None:
    """By what happened after it, on other nodes, and beside it."""
    again = _done_again(asked)
    if again is not None:
        return presumed(Cause.CORRECTIVE, f"Found so and put right again on {moment(again.at)}.")
    if companions >= ENOUGH_COMPANIONS:
        return presumed(Cause.INTENDED, f"At least {companions} other nodes made this same change about then.")
    seen = asked.past[0] if asked.past else None
    if seen is not None and (environment := asked.environment_before(seen)) is not None:
        return presumed(Cause.INTENDED, f"In place on {moment(seen.at)}, when the node was in {environment}.")
    if _found(asked) in foreign:
        return presumed(Cause.CORRECTIVE, "The same foreign value was found in several resources of this run.")
    if resources >= _ROLL_OUT:
        return presumed(Cause.INTENDED, f"{resources} resources changed at once, each for the first time.")
    return None


def _alone(asked: Question) -> Explanation:
    """By nothing but when it was last in place."""
    if asked.change.is_sensitive:
        return unknown("Its values are secret, so they cannot be compared with earlier ones.")
    if asked.change.status is Status.FAILED:
        return unknown("It failed, and nothing tells what it found.")
    if not asked.past:
        return presumed(Cause.CORRECTIVE, "All else was in place in the first run that is known.")
    seen = asked.past[0]
    match asked.code_moved(seen):
        case None:
            alone = "and hardly any other node changed it now"
            return presumed(Cause.CORRECTIVE, f"In place on {moment(seen.at)}, {alone}.")
        case True:
            return presumed(Cause.INTENDED, f"In place on {moment(seen.at)}; the code has moved since.")
    return presumed(Cause.CORRECTIVE, f"In place on {moment(seen.at)}; the code has not moved since.")


def _done_again(asked: Question) -> PastChange | None:
    """The same change again, from the same value found, in one of the next runs."""
    course, change = asked.course, asked.change
    for j in range(asked.index + 1, min(asked.index + LOOK_AHEAD, len(course.runs) - 1) + 1):
        if course.firsts[j] > asked.index:
            return None
        for one in course.changed[j].get(change.resource_id, ()):
            if change.status is Status.SUCCESS and one.property == change.property and _is_same(one, change):
                return one
    return None


def _is_same(one: PastChange, other: PastChange) -> bool:
    return (one.found, one.desired, one.old, one.new) == (other.found, other.desired, other.old, other.new) and (
        one.desired is not None or one.new is not None
    )
