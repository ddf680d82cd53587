"""Read slices of nodes from the database as Histories: six statements, however many slices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from reports.drift.history import EARLIER_CHANGES, ChangeKey, History, Life, Listing, PastChange
from reports.drift.slices import Slice
from reports.run import Cause, CauseSource, Explanation, Status
from reports.sql import load
from reports.store.ids import declared_id

_FIND_CHANGES = load(__file__, "find_changes")
_FIND_EARLIER = load(__file__, "find_earlier_changes")
_FIND_LISTED = load(__file__, "find_listed")
_FIND_DECLARED = load(__file__, "find_declared")
_FIND_LIVES = load(__file__, "find_lives")

_STATUSES = {status.value: status for status in Status}
_CAUSES = {cause.value: cause for cause in Cause}
_SOURCES = {source.value: source for source in CauseSource}

ChangesByRun: TypeAlias = dict[UUID, list[PastChange]]


class Kept(NamedTuple):
    """What the store holds beside a change: how it is explained by now, and what makes it known on other nodes."""

    likeness: int | None
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Told:
    """A slice with the History to explain it from, and what is kept of each of the changes to explain."""

    slice: Slice
    history: History
    kept: Mapping[ChangeKey, Kept]


class Asked(NamedTuple):
    """What is still to be found of a resource: its last changes from before the runs of a slice."""

    number: int
    resource_id: int
    most: int


def read(cursor: CursorWrapper, slices: Sequence[Slice]) -> list[Told]:
    """The slices in their order. The nodes are locked by the caller."""
    changes, kept = _find_changes(cursor, slices)
    earlier = _find_earlier(cursor, slices, [*_ask(slices, changes)])
    listed = _find_listed(cursor, slices, changes)
    declared = _find_declared(cursor, slices, changes)
    lives = _find_lives(cursor, sorted({one.node_id for one in slices}))
    return [
        Told(
            one,
            History(
                node_id=one.node_id,
                runs=[run.past for run in one.runs],
                changes=changes[number],
                known_before=one.begin,
                is_whole=one.is_whole,
                earlier=earlier[number],
                resource_sets=listed,
                declared_sets=declared,
                lives=lives[one.node_id],
            ),
            kept[number],
        )
        for number, one in enumerate(slices)
    ]


def _find_changes(
    cursor: CursorWrapper, slices: Sequence[Slice]
) -> tuple[list[ChangesByRun], list[dict[ChangeKey, Kept]]]:
    columns: dict[str, Any] = {
        "numbers": [*range(len(slices))],
        "node_ids": [one.node_id for one in slices],
        "tools": [one.tool for one in slices],
        "begins": [one.runs[0].past.at for one in slices],
        "explained_froms": [one.explained[0].past.at for one in slices],
        "ends": [one.runs[-1].past.at for one in slices],
    }
    cursor.execute(_FIND_CHANGES, columns)
    changes: list[ChangesByRun] = [{} for _ in slices]
    kept: list[dict[ChangeKey, Kept]] = [{} for _ in slices]
    runs = [{str(run.past.run_id): run.past.run_id for run in one.runs} for one in slices]
    for number, run_word, *row in cursor.fetchall():
        if run_id := runs[number].get(run_word):  # else it began at the very moment of the first or last of these
            change = _change(run_id, row)
            changes[number].setdefault(run_id, []).append(change)
            if row[18] is not None:
                kept[number][change.key] = Kept(row[15], _explanation(*row[16:]))
    for one in changes:
        for here in one.values():
            here.sort(key=_ordinal)
    return changes, kept


def _ordinal(change: PastChange) -> int:
    return change.key.ordinal


def _change(run_id: UUID, row: Sequence[Any]) -> PastChange:
    """From `ordinal` up to `is_action`. Made by the thousand: what is made once is looked up."""
    key = ChangeKey(run_id, row[0])
    return PastChange(key, row[1], row[2], row[3], row[4], _STATUSES[row[5]], *row[6:15])


def _explanation(cause: int, source: int | None, reason: str) -> Explanation:
    return Explanation(_CAUSES[cause], None if source is None else _SOURCES[source], reason)


def _ask(slices: Sequence[Slice], changes: Sequence[ChangesByRun]) -> Iterator[Asked]:
    """The resources that the explained runs change, as far as the runs before those do not tell enough of them."""
    for number, one in enumerate(slices):
        if one.is_whole:
            continue
        missing: dict[int, int] = {}
        seen: defaultdict[int, int] = defaultdict(int)
        for index, run in enumerate(one.runs[: one.end]):
            here = changes[number].get(run.past.run_id, ())
            if index >= one.begin:
                for resource in {change.resource_id for change in here}:
                    missing.setdefault(resource, EARLIER_CHANGES - seen[resource])
            for change in here:
                seen[change.resource_id] += 1
        yield from (Asked(number, resource, most) for resource, most in missing.items() if most > 0)


def _find_earlier(
    cursor: CursorWrapper, slices: Sequence[Slice], asked: Sequence[Asked]
) -> list[dict[int, list[PastChange]]]:
    earlier: list[dict[int, list[PastChange]]] = [{} for _ in slices]
    if asked:
        firsts = [slices[one.number].runs[0] for one in asked]
        columns: dict[str, Any] = {
            "numbers": [one.number for one in asked],
            "node_ids": [first.node_id for first in firsts],
            "tools": [first.past.tool for first in firsts],
            "resource_ids": [one.resource_id for one in asked],
            "befores": [first.past.at for first in firsts],
            "run_ids": [str(first.past.run_id) for first in firsts],
            "mosts": [one.most for one in asked],
        }
        cursor.execute(_FIND_EARLIER, columns)
        for number, run_id, *row in sorted(cursor.fetchall(), key=_moment, reverse=True):
            earlier[number].setdefault(row[2], []).append(_change(run_id, row))
    return earlier


def _moment(row: Sequence[Any]) -> tuple[Any, ...]:
    _, run_id, ordinal, at, *_ = row
    return at, run_id, ordinal


def _find_listed(cursor: CursorWrapper, slices: Sequence[Slice], changes: Sequence[ChangesByRun]) -> dict[int, Listing]:
    sets = {run.past.resource_set_id for one in slices for run in one.runs} - {None}
    resources = {change.resource_id for change in _all(changes)}
    return _members(cursor, _FIND_LISTED, sets, resource_ids=sorted(resources))


def _find_declared(
    cursor: CursorWrapper, slices: Sequence[Slice], changes: Sequence[ChangesByRun]
) -> dict[int, Listing]:
    sets = {run.past.declared_set_id for one in slices for run in one.runs} - {None}
    if not sets:
        return {}
    states = {(change.resource_id, state) for change in _all(changes) for state in (change.found, change.desired)}
    ids = {declared_id(resource, state) for resource, state in states if state is not None}
    return _members(cursor, _FIND_DECLARED, sets, declared_ids=sorted(ids))


def _members(
    cursor: CursorWrapper, statement: str, sets: Iterable[int | None], **asked: list[int]
) -> dict[int, Listing]:
    """Each set with what it holds of the things asked for."""
    set_ids = [*sets]
    if not set_ids:
        return {}
    cursor.execute(statement, {"set_ids": set_ids, **asked})
    found = {set_id: frozenset(members) for set_id, members in cursor.fetchall()}
    return {set_id: found.get(set_id, frozenset()) for set_id in set_ids if set_id is not None}


def _all(changes: Iterable[ChangesByRun]) -> Iterator[PastChange]:
    return (change for one in changes for here in one.values() for change in here)


def _find_lives(cursor: CursorWrapper, node_ids: list[int]) -> defaultdict[int, list[Life]]:
    cursor.execute(_FIND_LIVES, {"node_ids": node_ids})
    lives: defaultdict[int, list[Life]] = defaultdict(list)
    for node, *life in cursor.fetchall():
        lives[node].append(Life(*life))
    return lives
