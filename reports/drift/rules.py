"""The rules that tell a cause from one change and what is known of its resource before it, in the order of asking.

A rule that cannot tell gives None and leaves it to the next. The same in plain words: docs/causes.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from reports.drift.history import LOOK_BACK, PastChange
from reports.drift.question import Left, Question
from reports.drift.reasons import inferred, moment, presumed, said, unknown
from reports.drift.streaks import ENOUGH_RUNS, streak
from reports.drift.values import (
    changes_nothing,
    creates,
    found_nothing,
    found_what,
    is_same_again,
    is_stateless,
    names,
    removes,
    sets_what,
)
from reports.run import Cause, Explanation, Status

_MANY: Final = 5  # resources, this one among them

Rule: TypeAlias = Callable[[Question], Explanation | None]


def was_triggered(asked: Question) -> Explanation | None:
    """A refresh or a handler: never drift, whatever set it off."""
    if not asked.change.said_triggered:
        return None
    return said(Cause.TRIGGERED, "Set off by another change of the same run, as the tool says.")


def was_flagged(asked: Question) -> Explanation | None:
    """The tool compared what it found with what it had left. Of a command it only says that it ran again."""
    if not asked.change.said_corrective or is_stateless(asked.change):
        return None
    return said(Cause.CORRECTIVE, "The tool says so: it differed from what the run before had left.")


def was_not_executed(asked: Question) -> Explanation | None:
    """What was skipped says nothing of the node."""
    if asked.change.status is not Status.SKIPPED:
        return None
    return unknown("It was not executed, so nobody knows what it would have found.")


def has_two_owners(asked: Question) -> Explanation | None:
    """Two declarations of one run that undo each other's value."""
    if not any(_undo(asked.change, other) for other in asked.beside()):
        return None
    return inferred(Cause.REPEATED, "Two declarations of the same run set it to different values, one after the other.")


def _undo(one: PastChange, other: PastChange) -> bool:
    return not sets_what(one, other) and (found_what(one, other) or found_what(other, one))


def sets_what_it_found(asked: Question) -> Explanation | None:
    """Done although the state was as declared: a restart because something else changed, or a touch in every run."""
    if not changes_nothing(asked.change):
        return None
    if asked.follows_another() and not asked.is_done_alone():
        return presumed(
            Cause.TRIGGERED, "All that is declared of it was in place; another change of this run came before it."
        )
    return inferred(Cause.REPEATED, "It was done although all that is declared of it was in place already.")


def is_stray(asked: Question) -> Explanation | None:
    """Taken away at first sight by a machine that was built before: the code never wanted it there."""
    if asked.past or not removes(asked.change) or asked.course.is_first(asked.index):
        return None
    return presumed(Cause.CORRECTIVE, "Taken away at first sight: something had come into being that the code forbids.")


def is_first_build(asked: Question) -> Explanation | None:
    """Never in place on this machine before, as far as is known."""
    if asked.past:
        return None
    course, index = asked.course, asked.index
    if course.is_first(index):
        return inferred(Cause.FIRST_BUILD, "Put in place in the first run of this machine that is known.")
    if course.tells_listing(index) or creates(asked.change) or course.is_building(index):
        return inferred(Cause.FIRST_BUILD, "Never in place on this machine before, as far as its runs tell.")
    return None


def is_built_anew(asked: Question) -> Explanation | None:
    """In place before, but so was nearly all else that this run had to put in place."""
    if not asked.is_anew:
        return None
    return presumed(
        Cause.FIRST_BUILD, "Nearly all that this run looked at was not there, as on a machine that was built anew."
    )


def is_command(asked: Question) -> Explanation | None:
    """What has no state of its own, where no tool's word on drift means anything."""
    if not is_stateless(asked.change):
        return None
    course, index = asked.course, asked.index
    done = [seen for seen in asked.past if seen.made]
    if asked.change.status is Status.FAILED:
        return unknown("It failed. It has no state of its own that would tell what it was needed for.")
    if not done and course.is_building(index):
        return inferred(Cause.FIRST_BUILD, "Done for the first time while this machine was being built.")
    runs = streak(course, index, asked.change)
    if runs >= ENOUGH_RUNS:
        return inferred(Cause.REPEATED, f"Done in {_in_words(runs)} runs in a row, by construction.")
    if asked.is_done_in_every_run():
        return presumed(Cause.REPEATED, f"Done in every run that looked at it so far, last on {moment(done[0].at)}.")
    return unknown("It has no state of its own: whether it was needed for drift or for something new cannot be known.")


def is_repeated(asked: Question) -> Explanation | None:
    """Found as it was left and set to something else, run after run."""
    runs = streak(asked.course, asked.index, asked.change)
    if runs < ENOUGH_RUNS or asked.change.status is not Status.SUCCESS:
        return None
    return inferred(
        Cause.REPEATED,
        f"Found as it had been left and still changed, in {_in_words(runs)} runs in a row: by construction.",
    )


def _in_words(runs: int) -> str:
    return "more than a dozen" if runs > 12 else str(runs)


def was_not_flagged(asked: Question) -> Explanation | None:
    """The tool compared what it found with what it had left, and nothing but the code had moved."""
    if asked.change.said_corrective is None:
        return None
    return said(Cause.INTENDED, "The tool says that it found what it had left: the code asked for something new.")


def does_not_hold(asked: Question) -> Explanation | None:
    """Set to the same in every run since the first, and found each time as if it never had been.

    Drift that has come back by the next run looks so, too, but seldom with many resources at once; or, where nothing
    tells what was found, seldom thrice in a row.
    """
    change = asked.change
    if change.said_corrective is not None or found_nothing(change) or not asked.is_done_in_every_run():
        return None
    if not all(one is not None and is_same_again(change, one) for one in map(asked.same_in, asked.past)):
        return None
    is_blind = change.found is None and change.old is None and len(asked.past) >= ENOUGH_RUNS - 1
    if not is_blind and asked.done_again_beside(_MANY) < _MANY:
        return None
    return presumed(Cause.REPEATED, "Set to the same in every run so far, and each time found as if it had not been.")


def was_given_up(asked: Question) -> Explanation | None:
    """Left long ago, and not looked at since: for all that is told, nobody wanted it in place meanwhile."""
    if asked.change.said_corrective is not None or not asked.was_out_of_sight():
        return None
    before = asked.before()
    if before is not None and before.left is Left.FOUND:
        return None
    gap = f"none of the {LOOK_BACK} runs before this one looked at it, as if the code had dropped it"
    return unknown(f"Left on {moment(asked.past[0].at)}; {gap}.")


def compares_values(asked: Question) -> Explanation | None:
    """What the change wanted and found, against what earlier runs had left."""
    before = asked.before()
    if before is None:
        return None
    at = moment(before.seen.at)
    code = asked.code_since(before.seen)
    if before.left is Left.FOUND:
        return inferred(Cause.INTENDED, f"Found as it was left on {at}; since then another value is asked for{code}.")
    how = "Set to this same value" if before.seen.made else "In sync with this same declaration"
    return inferred(Cause.CORRECTIVE, f"{how} on {at}, found different now{code}.")


def compares_message(asked: Question) -> Explanation | None:
    """What the change wanted and found, against the words of the one that put the resource in place: they may name a
    checksum where no property tells it."""
    for seen in asked.past:
        for one in seen.made:
            if names(one, asked.change.new):
                return inferred(Cause.CORRECTIVE, f"Set to this same value on {moment(seen.at)}, found different now.")
            if names(one, asked.change.old):
                return inferred(
                    Cause.INTENDED, f"Found as it was left on {moment(seen.at)}; another value is asked for."
                )
    return None


def was_taken_away(asked: Question) -> Explanation | None:
    """What had been put there is not there any more, and is put there again."""
    if not creates(asked.change) or not asked.past:
        return None
    seen = asked.past[0]
    word = inferred if any(one.made for one in asked.past) else presumed
    return word(Cause.CORRECTIVE, f"It was in place on {moment(seen.at)} and is gone now{asked.code_since(seen)}.")


RULES: Final[tuple[Rule, ...]] = (
    was_triggered,
    was_flagged,
    was_not_executed,
    has_two_owners,
    sets_what_it_found,
    is_stray,
    is_first_build,
    is_built_anew,
    is_command,
    is_repeated,
    was_not_flagged,
    does_not_hold,
    was_given_up,
    compares_values,
    compares_message,
    was_taken_away,
)
