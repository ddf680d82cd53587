"""Write the causes of changes, where they differ from what is stored, and what follows from them for each run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.drift.history import ChangeKey, PastChange
from reports.drift.reading import Told
from reports.drift.slices import Counters, StoredRun
from reports.run import Cause, Explanation, Outcome, Status
from reports.sql import load
from reports.store.marks import Moment
from reports.store.rows import COUNTED
from reports.store.text import clean_value

_UPDATE_CAUSES = load(__file__, "update_causes")
_UPDATE_RUNS = load(__file__, "update_runs")

_MOST_REASON_BYTES = 4000
_MADE = {
    Outcome.CHANGED,
    Outcome.CORRECTED,
}  # which of the two it is follows from the causes; worse and better does not


class NewCause(NamedTuple):
    """A change with its new explanation."""

    node_id: int
    change: PastChange
    explanation: Explanation


class NewCounters(NamedTuple):
    """A run with what is counted of it now."""

    run: StoredRun
    counters: Counters
    outcome: Outcome | None


def write(cursor: CursorWrapper, explained: Iterable[tuple[Told, Mapping[ChangeKey, Explanation]]]) -> set[Moment]:
    """Write what differs; the runs of which anything counted differs now. The nodes are locked by the caller."""
    causes: list[NewCause] = []
    counters: list[NewCounters] = []
    moments: set[Moment] = set()
    for told, explanations in explained:
        for run in told.slice.explained:
            if run.counters is None:
                continue
            changes = told.history.changes.get(run.past.run_id, ())
            new = [*_new_causes(told, changes, explanations)]
            causes += new
            recounted = _recount(run, changes, explanations)
            if (recounted.counters, recounted.outcome) != (run.counters, run.outcome):
                counters.append(recounted)
                moments.add(Moment(run.node_id, run.past.at))
            if any(one.explanation.cause is not told.kept[one.change.key].explanation.cause for one in new):
                moments.add(Moment(run.node_id, run.past.at))
    _write_causes(cursor, causes)
    _write_counters(cursor, counters)
    return moments


def _new_causes(
    told: Told, changes: Iterable[PastChange], explanations: Mapping[ChangeKey, Explanation]
) -> Iterator[NewCause]:
    for change in changes:
        explanation = explanations[change.key]
        reason = clean_value(explanation.reason, _MOST_REASON_BYTES)
        wanted = Explanation(explanation.cause, explanation.source, reason)
        if wanted != told.kept[change.key].explanation:
            yield NewCause(told.slice.node_id, change, wanted)


def _recount(
    run: StoredRun, changes: Sequence[PastChange], explanations: Mapping[ChangeKey, Explanation]
) -> NewCounters:
    """Only what succeeded is counted."""
    made = Counter(explanations[change.key].cause for change in changes if change.status is Status.SUCCESS)
    outcome = run.outcome
    if outcome in _MADE:
        outcome = Outcome.CORRECTED if made[Cause.CORRECTIVE] else Outcome.CHANGED
    return NewCounters(run, tuple(made[cause] for cause in COUNTED), outcome)


def _write_causes(cursor: CursorWrapper, new: Sequence[NewCause]) -> None:
    if not new:
        return
    ordered = sorted(new, key=lambda one: (one.node_id, one.change.at, one.change.key))
    columns: dict[str, Any] = {
        "node_ids": [one.node_id for one in ordered],
        "ats": [one.change.at for one in ordered],
        "run_ids": [str(one.change.key.run_id) for one in ordered],
        "ordinals": [one.change.key.ordinal for one in ordered],
        "causes": [int(one.explanation.cause) for one in ordered],
        "sources": [None if one.explanation.source is None else int(one.explanation.source) for one in ordered],
        "reasons": [one.explanation.reason for one in ordered],
    }
    cursor.execute(_UPDATE_CAUSES, columns)


def _write_counters(cursor: CursorWrapper, new: Sequence[NewCounters]) -> None:
    if not new:
        return
    ordered = sorted(new, key=lambda one: (one.run.node_id, one.run.past.at, one.run.past.run_id))
    names = ("correctives", "intendeds", "first_builds", "repeateds", "triggereds", "unknowns")
    columns: dict[str, Any] = {
        "node_ids": [one.run.node_id for one in ordered],
        "ats": [one.run.past.at for one in ordered],
        "run_ids": [str(one.run.past.run_id) for one in ordered],
        **{name: [one.counters[place] for one in ordered] for place, name in enumerate(names)},
        "outcomes": [None if one.outcome is None else int(one.outcome) for one in ordered],
    }
    cursor.execute(_UPDATE_RUNS, columns)
