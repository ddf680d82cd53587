"""Explain the changes of the nodes that a batch touched, in the transaction that saved it.

The nodes are locked until that transaction ends, so what is read of them here is all there is, and the causes in the
tables are at every moment those of the facts in the tables: docs/decisions/causes-in-the-transaction.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TypeAlias

from django.db import connection
from django.db.backends.utils import CursorWrapper

from reports.drift.causes import explain
from reports.drift.companions import Place, count_companions, lock_companions, tell_companions
from reports.drift.history import ENOUGH_COMPANIONS, ChangeKey, History
from reports.drift.reading import Told, read
from reports.drift.slices import cut, portions
from reports.drift.stretches import by_days, find_stretches
from reports.drift.writing import write
from reports.run import CauseSource, Explanation
from reports.store.arrived import ArrivedInventory, ArrivedRun, Saved
from reports.store.marks import Moment
from reports.store.save import save_batch
from reports.store.touched import Touched

Rules: TypeAlias = Callable[[History], Mapping[ChangeKey, Explanation]]
Explained: TypeAlias = list[Mapping[ChangeKey, Explanation]]


def save_and_explain(
    runs: Sequence[ArrivedRun], inventories: Sequence[ArrivedInventory], *, now: datetime, rules: Rules = explain
) -> Saved:
    """Save a batch, and tell the causes of all changes that read differently for it, in one transaction."""
    return save_batch(runs, inventories, now=now, explain=partial(explain_touched, now=now, rules=rules))


def explain_touched(touched: Touched, *, now: datetime, rules: Rules = explain) -> set[Moment]:
    """Tell the causes of the touched nodes again, and mark other nodes that this concerns; what is to be counted again.

    The caller has locked the touched nodes, and marks what this gives back.
    """
    with connection.cursor() as cursor:
        moments = explain_since(cursor, touched.since, now=now, rules=rules)
        if any(trace.likeness is not None for trace in touched.traces):
            lock_companions(cursor)
            tell_companions(cursor, touched)
    return moments


def explain_since(
    cursor: CursorWrapper, since: Mapping[int, datetime], *, now: datetime, rules: Rules = explain
) -> set[Moment]:
    """Tell the causes of each node again, from a moment on; the runs of which something counted differs now."""
    moments: set[Moment] = set()
    for part in by_days(since, now):
        slices = chain.from_iterable(map(cut, find_stretches(cursor, part, now)))
        for portion in portions(slices):
            told = read(cursor, portion)
            moments |= write(cursor, zip(told, _explain(cursor, told, rules), strict=True))
    return moments


def _explain(cursor: CursorWrapper, told: Sequence[Told], rules: Rules) -> Explained:
    """First from each node's own runs; where these cannot tell, again with the companions on other nodes."""
    alone: Explained = [rules(one.history) for one in told]
    asking = [_asking(one, explained, rules) for one, explained in zip(told, alone, strict=True)]
    if not any(asking):
        return alone
    lock_companions(cursor)
    found = count_companions(cursor, {place for places in asking for place in places.values()})
    return [
        _explain_with(one, {key: found[place] for key, place in places.items() if place in found}, explained, rules)
        for one, places, explained in zip(told, asking, alone, strict=True)
    ]


def _explain_with(
    told: Told, companions: Mapping[ChangeKey, int], alone: Mapping[ChangeKey, Explanation], rules: Rules = explain
) -> Mapping[ChangeKey, Explanation]:
    return rules(replace(told.history, companions=companions)) if companions else alone


def _asking(told: Told, alone: Mapping[ChangeKey, Explanation], rules: Rules) -> dict[ChangeKey, Place]:
    """The changes to explain that would read differently with companions, and where they were made."""
    places = dict(_undecided(told, alone))
    if not places:
        return {}
    among_many = rules(replace(told.history, companions=dict.fromkeys(places, ENOUGH_COMPANIONS)))
    return {key: place for key, place in places.items() if among_many[key] != alone[key]}


def _undecided(told: Told, alone: Mapping[ChangeKey, Explanation]) -> Iterator[tuple[ChangeKey, Place]]:
    """What the node's own runs only presume, or cannot tell at all."""
    for run in told.slice.explained:
        for change in told.history.changes.get(run.past.run_id, ()):
            likeness = told.kept[change.key].likeness
            if likeness is not None and alone[change.key].source in (None, CauseSource.PRESUMED):
                yield change.key, Place(likeness, told.slice.node_id, change.at)
