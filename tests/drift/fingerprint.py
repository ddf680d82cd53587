"""Rules that look at all that rules may look at, and at nothing else: what they miss or see too much of shows at once.

The reason is a digest of the evidence. One change in three is left open, and decided by its companions alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from reports.drift.history import EARLIER_CHANGES, LOOK_AHEAD, LOOK_BACK, ChangeKey, History, PastChange, PastRun
from reports.run import Cause, CauseSource, Explanation
from reports.store.ids import declared_id

_ENOUGH = 2
_DECIDED = [cause for cause in Cause if cause is not Cause.UNKNOWN]


def explain(history: History) -> dict[ChangeKey, Explanation]:
    """One explanation for each change of each run that is not there as evidence only."""
    return {
        change.key: _explain(history, index, change)
        for index in range(history.known_before, len(history.runs))
        for change in history.changes.get(history.runs[index].run_id, ())
    }


def _explain(history: History, index: int, change: PastChange) -> Explanation:
    seen = blake2b(repr(evidence(history, index, change)).encode(), digest_size=8).hexdigest()
    number = int(seen, 16)
    if number % 3:
        return Explanation(_DECIDED[number % 5], [CauseSource.TOOL, CauseSource.INFERRED][number % 2], seen)
    companions = history.companions.get(change.key, 0)
    if companions < _ENOUGH:
        return Explanation(Cause.UNKNOWN, None, f"{seen} with {companions}")
    return Explanation(Cause.INTENDED, CauseSource.PRESUMED, f"{seen} with {companions}")


def evidence(history: History, index: int, change: PastChange) -> list[Any]:
    """Everything that the change's cause may rest on, but for companions."""
    run = history.runs[index]
    runs = [one for one in history.runs if one.tool == run.tool]
    place = runs.index(run)
    before = runs[max(0, place - LOOK_BACK) : place]
    is_first = history.is_whole and place < LOOK_BACK
    after = enumerate(runs[place + 1 : place + 1 + LOOK_AHEAD])
    ahead = [(far, _told_of(history, one, change)) for far, one in after if history.changes.get(one.run_id)]
    told = [*_changes(history, [*before, run])]
    return [
        change.key,
        place if is_first else "not among the first",
        [_told_of(history, one, change) for one in [*before, run]],
        ahead,
        [one for one in told if one.resource_id == change.resource_id],
        [*_earlier(history, runs[:place], change)],
    ]


def _changes(history: History, runs: Sequence[PastRun]) -> Iterator[PastChange]:
    return (change for run in runs for change in history.changes.get(run.run_id, ()))


def _earlier(history: History, before: Sequence[PastRun], change: PastChange) -> list[PastChange]:
    """The last changes of the resource, the newest first, however old."""
    here = [one for one in _changes(history, before) if one.resource_id == change.resource_id]
    return [*here[::-1], *history.earlier.get(change.resource_id, ())][:EARLIER_CHANGES]


def _told_of(history: History, run: PastRun, change: PastChange) -> list[Any]:
    """What a run says of the resource, and which machine it ran on."""
    listed = None if run.resource_set_id is None else history.resource_sets[run.resource_set_id]
    declared = None if run.declared_set_id is None else history.declared_sets[run.declared_set_id]
    states = [declared_id(change.resource_id, state) for state in (change.found, change.desired) if state is not None]
    return [
        run._replace(resource_set_id=None, declared_set_id=None),
        None if listed is None else change.resource_id in listed,
        None if declared is None else [state in declared for state in states],
        [life for life in history.lives if life.since <= run.at][-1:],
        len(history.changes.get(run.run_id, ())),
    ]
