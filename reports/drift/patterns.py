"""How a resource behaves on a node over time: the one pattern that its last changes show, and what shows it. Pure.

A pattern tells of the time up to the last change, and follows from nothing that came later: a run that changes nothing
arrives all the time, and nothing is read again for it. Whether it still holds is told by when the last change was.

What is looked at: the last MOST_ACTS changes and failures of at most WINDOW before the last one, and the tool's last
MOST_RUNS runs up to it. Changes that the code asked for are no habit of the resource, with one exception: where the
code asks for one value and for another in turn, it has two owners.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from reports.drift.acts import Act, Recognised
from reports.drift.patterns_clock import find_clock
from reports.drift.patterns_values import Swaps, count_doubly_declared, find_outside_owner, find_owners_in_turn
from reports.drift.patterns_words import tell_clock, tell_date, tell_span, tell_swaps
from reports.run import Cause, Pattern, Status

MOST_ACTS: Final = 96
MOST_RUNS: Final = 96
WINDOW: Final = timedelta(days=60)

_DRIFT: Final = frozenset({Cause.CORRECTIVE, Cause.REPEATED, Cause.UNKNOWN})
_ASKED_FOR: Final = _DRIFT | {Cause.INTENDED}
_LOOKED_AT: Final = (48, 24, 12, 6)  # runs, the last of which are asked whether nearly all of them changed something
_FEWEST_RUNS: Final = 4  # of a tool that has run less often than that, nothing is nearly every run
_NEARLY_EVERY: Final = 0.85
_FEWEST_FAILURES: Final = 3
_NEWEST: Final = 8  # acts by whose causes a resource is told to change by construction
_BY_CALENDAR: Final = 20 * 3600.0  # seconds; a clock this slow tells more than that a value was swapped


class _Often(NamedTuple):
    """In how many of the last runs something happened."""

    times: int
    runs: int

    @property
    def words(self) -> str:
        return f"{self.times} of its last {self.runs} runs" if self.times < self.runs else f"its last {self.runs} runs"


def recognise(acts: Sequence[Act], runs: Sequence[float]) -> Recognised | None:
    """The pattern of one resource on one node; None where it changed too seldom to show one.

    `acts` are in the order in which they were made; `runs` tells when the tool ran, in order, the last act's run last.
    """
    runs = _covered(acts, runs)
    made = [act for act in acts if act.status is Status.SUCCESS]
    drifts = [act for act in made if act.cause in _DRIFT]
    return (
        _find_failing(acts, runs)
        or _find_owners([act for act in made if act.cause in _ASKED_FOR])
        or _find_habit(drifts, runs)
        or _find_rhythm(drifts, runs)
    )


def _covered(acts: Sequence[Act], runs: Sequence[float]) -> Sequence[float]:
    """Of the runs those of which all changes are known: where a run makes many, the last ones tell of few runs."""
    return runs if len(acts) < MOST_ACTS else [at for at in runs if at > acts[0].at]


def _find_failing(acts: Sequence[Act], runs: Sequence[float]) -> Recognised | None:
    """Its last acts failed, run after run: in nearly every run since the first of them.

    The longest such stretch: one failure long ago, which nothing but failures followed, does not hide those of today.
    """
    failed = {act.at for act in acts if act.status is Status.FAILED}
    last: list[float] = []
    for at in sorted({act.at for act in acts}, reverse=True):
        if at not in failed:
            break
        last.append(at)
    for times in range(len(last), _FEWEST_FAILURES - 1, -1):
        since = last[times - 1]
        often = _Often(times, max(times, sum(at >= since for at in runs)))
        if often.times >= _NEARLY_EVERY * often.runs:
            return Recognised(Pattern.FAILING, f"failed in {often.words}, since {tell_date(since)}")
    return None


def _find_owners(asked_for: Sequence[Act]) -> Recognised | None:
    """The tool was told to set one value, and another."""
    swaps = find_owners_in_turn(asked_for)
    if swaps:
        return _tug_of_war(swaps)
    runs = count_doubly_declared(asked_for)
    return Recognised(Pattern.TUG_OF_WAR, f"set by two declarations after each other, in {runs} runs") if runs else None


def _find_habit(drifts: Sequence[Act], runs: Sequence[float]) -> Recognised | None:
    """It changes in nearly every run, or is known to change by construction."""
    times = {act.at for act in drifts}
    if len(times) < 2:
        return None
    newest = [act.cause for act in drifts[-_NEWEST:]]
    if 2 * newest.count(Cause.REPEATED) > len(newest):
        often = _nearly_every(times, runs) or _Often(sum(at in times for at in runs), len(runs))
        return Recognised(Pattern.REPEATER, f"changed in {often.words}")
    every = _nearly_every(times, runs)
    if not every:
        return None
    owner = find_outside_owner(drifts)
    return _tug_of_war(owner) if owner else Recognised(Pattern.REPEATER, f"changed in {every.words}")


def _nearly_every(times: set[float], runs: Sequence[float]) -> _Often | None:
    """Over the longest stretch of runs for which it holds."""
    for most in _LOOKED_AT:
        last = runs[-most:]
        often = _Often(sum(at in times for at in last), len(last))
        if often.runs >= _FEWEST_RUNS and often.times >= _NEARLY_EVERY * often.runs:
            return often
    return None


def _find_rhythm(drifts: Sequence[Act], runs: Sequence[float]) -> Recognised | None:
    """It drifts by a clock, is set back by somebody else many times a day, or drifts now and then."""
    times = sorted({act.at for act in drifts})
    if len(times) < 2:
        return None
    clock = find_clock(times, runs)
    owner = find_outside_owner(drifts)
    if owner and owner.is_often and not (clock and clock.period >= _BY_CALENDAR):
        return _tug_of_war(owner)
    if clock:
        return Recognised(Pattern.PERIODIC, tell_clock(clock))
    verb = "corrected" if all(act.cause is Cause.CORRECTIVE for act in drifts) else "changed"
    span = tell_span(times[-1] - times[0])
    return Recognised(Pattern.SPORADIC, f"{verb} {len(times)} times within {span}, at no regular time")


def _tug_of_war(swaps: Swaps) -> Recognised:
    return Recognised(Pattern.TUG_OF_WAR, tell_swaps(swaps))
