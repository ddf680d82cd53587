"""Changes that the node's earlier runs do not explain: what is likely, from what lies beside and around them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reports.drift.history import ENOUGH_COMPANIONS, LOOK_AHEAD, ChangeKey, PastChange
from reports.drift.question import Question
from reports.drift.reasons import moment, presumed, unknown
from reports.run import Cause, Explanation, Status

_ROLL_OUT: Final = 5  # resources changed in one run for no other reason: drift seldom strikes so many at once


def presume(undecided: Sequence[Question], companions: Mapping[ChangeKey, int]) -> Iterator[Explanation]:
    """One explanation for each undecided change of one run."""
    resources = len({asked.change.resource_id for asked in undecided})
    states = Counter(state for state in map(_found, undecided) if state is not None)
    for asked in undecided:
        yield _presume(asked, companions.get(asked.change.key, 0), resources, states)


def _found(asked: Question) -> str | None:
    change = asked.change
    return change.found or (None if change.is_sensitive else change.old)


def _presume(asked: Question, companions: int, resources: int, states: Mapping[str, int]) -> Explanation:
    change = asked.change
    again = _done_again(asked)
    if again is not None:
        return presumed(Cause.CORRECTIVE, f"Found so and put right again on {moment(again.at)}.")
    if companions >= ENOUGH_COMPANIONS:
        return presumed(Cause.INTENDED, f"At least {companions} other nodes made this same change about then.")
    found = _found(asked)
    if found is not None and states[found] > 1 and resources > 1:
        return presumed(Cause.CORRECTIVE, "The same foreign value was found in several resources of this run.")
    if resources >= _ROLL_OUT:
        return presumed(Cause.INTENDED, f"{resources} resources changed at once, each for the first time.")
    if change.is_sensitive:
        return unknown("Its values are secret, so they cannot be compared with earlier ones.")
    if change.status is Status.FAILED:
        return unknown("It failed, and nothing tells what it found.")
    seen = asked.past[0] if asked.past else None
    if seen is not None and seen.index is not None and (moved := asked.code_moved(seen)) is not None:
        if moved:
            return presumed(Cause.INTENDED, f"In place on {moment(seen.at)}; the code has moved since.")
        return presumed(Cause.CORRECTIVE, f"In place on {moment(seen.at)}; the code has not moved since.")
    if seen is None:
        return presumed(Cause.CORRECTIVE, "All else was in place in the first run that is known.")
    return presumed(Cause.CORRECTIVE, f"In place on {moment(seen.at)}, and hardly any other node changed it now.")


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
