"""Why each change was needed: the rules, one set for all tools. Pure; what they may look at is said in history.py.

A rule looks at one change and either explains it or leaves it to the next. They stand in the order of what they rest
on: what the tool itself saw, what follows from the node's own runs, what is only likely. docs/causes.md tells the same
in words, and how well it does on real reports.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from reports.drift import reasons
from reports.drift.course import Course, courses
from reports.drift.history import ENOUGH_COMPANIONS, ChangeKey, History, PastChange
from reports.drift.streaks import anew_each_time, done_in_a_row, never_held, swaps
from reports.drift.values import GONE, found_nothing, have, want
from reports.run import Explanation, Status

_STREAK: Final = 3  # runs in a row that make it certain that a change comes with every run
_MANY_AT_ONCE: Final = 10  # resources that one run changes: a hand does not alter so many between two runs

Rule: TypeAlias = Callable[[Course, PastChange], Explanation | None]


def explain(history: History) -> dict[ChangeKey, Explanation]:
    """One explanation for each change of each run from `known_before` on, whether it succeeded or not."""
    return {
        change.key: _explain(course, change, history.companions.get(change.key, 0))
        for course in courses(history)
        for told in course.here.changes.values()
        for change in told
    }


def _explain(course: Course, change: PastChange, companions: int) -> Explanation:
    for rule in _CERTAIN:
        if explanation := rule(course, change):
            return explanation
    return _likely(course, change, companions)


def _set_off(_: Course, change: PastChange) -> Explanation | None:
    return reasons.TRIGGERED if change.said_triggered else None


def _flagged(_: Course, change: PastChange) -> Explanation | None:
    """The tool compared states itself. Of a command it says so whenever it runs again, and that is no drift."""
    return reasons.FLAGGED if change.said_corrective and not change.is_action else None


def _first_build(course: Course, _: PastChange) -> Explanation | None:
    return reasons.FIRST_BUILD if course.is_first_build else None


def _new_resource(course: Course, change: PastChange) -> Explanation | None:
    """What no run before looked at. Where it is taken away at first sight, the code never wanted it: a stray."""
    if not course.knows_listings or course.last_seen(change.resource_id):
        return None
    return reasons.STRAY if change.new == GONE else reasons.NEW_RESOURCE


def _action(course: Course, change: PastChange) -> Explanation | None:
    """A command keeps no state to compare; all that tells is how often it runs."""
    if not change.is_action:
        return None
    runs = done_in_a_row(course, change)
    if runs >= _STREAK:
        return reasons.repeated(runs)
    if runs > 1:
        return reasons.RAN_TWICE
    return reasons.RAN if course.last_seen(change.resource_id) else reasons.FIRST_RUN


def _repeated(course: Course, change: PastChange) -> Explanation | None:
    runs = anew_each_time(course, change)
    return reasons.set_anew(runs) if runs >= _STREAK else None


def _not_flagged(course: Course, change: PastChange) -> Explanation | None:
    """The tool compared states itself and found nothing moved but the code."""
    if change.said_corrective is None:
        return None
    if course.last_seen(change.resource_id):
        return reasons.NOT_FLAGGED
    if change.new == GONE:
        return reasons.STRAY
    return reasons.PUT_IN_PLACE if _is_nothing(change.old) else reasons.NOT_FLAGGED


def _never_seen(course: Course, change: PastChange) -> Explanation | None:
    if course.last_seen(change.resource_id):
        return None
    return reasons.PUT_IN_PLACE if _is_nothing(have(change)) else reasons.NEVER_SEEN


def _never_held(course: Course, change: PastChange) -> Explanation | None:
    return reasons.NEVER_HELD if never_held(course, change) else None


def _declared_before(course: Course, change: PastChange) -> Explanation | None:
    """Against what the last run that found the resource in sync declared of it."""
    resource = change.resource_id
    last = next((step for step in course.before if step.may_have_looked_at(resource)), None)
    if last is None or not last.found_in_sync(resource):
        return None
    if last.declares(resource, change.desired):
        return reasons.declared_then(last.run, course.here.run)
    if last.declares(resource, change.found):
        return reasons.found_as_declared(last.run)
    return None


def _set_before(course: Course, change: PastChange) -> Explanation | None:
    """Against what the last change of the same property set."""
    last = next(course.last_set(change), None)
    wanted, found = want(change), have(change)
    if last is None or wanted is None or want(last) is None:
        return None
    if wanted == want(last):
        return reasons.set_then(last.at, course.last_seen(change.resource_id))
    if found == want(last):
        return reasons.SWAPS if swaps(course, change) else reasons.found_as_set(last.at)
    return None


def _named_before(course: Course, change: PastChange) -> Explanation | None:
    """Against the message of the change that put the whole resource in place, where it names a value (a checksum)."""
    if change.is_sensitive:
        return None
    for last in course.earlier[change.resource_id]:
        if last.status is Status.SUCCESS and last.message:
            if _names(last.message, change.new):
                return reasons.set_then(last.at, course.last_seen(change.resource_id))
            if _names(last.message, change.old):
                return reasons.found_as_set(last.at)
    return None


_CERTAIN: Final[tuple[Rule, ...]] = (
    _set_off,
    _flagged,
    _first_build,
    _new_resource,
    _action,
    _repeated,
    _not_flagged,
    _never_seen,
    _never_held,
    _declared_before,
    _set_before,
    _named_before,
)


def _likely(course: Course, change: PastChange, companions: int) -> Explanation:
    """What is left was in place before, and nothing tells what it was to be."""
    if change.is_sensitive and change.desired is None:
        return reasons.HIDDEN
    seen = course.last_seen(change.resource_id)
    if found_nothing(change) or (want(change) is None and have(change) is None):
        return reasons.put_back(seen)
    if companions >= ENOUGH_COMPANIONS:
        return reasons.AMONG_MANY
    at_once = sum(any(told.status is change.status for told in all_told) for all_told in course.here.changes.values())
    return reasons.MANY_AT_ONCE if at_once >= _MANY_AT_ONCE else reasons.was_in_place(seen)


def _is_nothing(state: str | None) -> bool:
    return state in (None, "", GONE)


def _names(message: str, value: str | None) -> bool:
    return value is not None and len(value) > 8 and value in message  # no word is as long by chance
