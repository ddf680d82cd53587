"""Whose causes may read differently now: for each node that a batch touched, from when on.

A run without changes that is later than all changes of its node touches nothing (reports/drift/history.py says why).
That is nearly every run, and costs one probe of an index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from reports.sql import load
from reports.store.marks import Moment
from reports.store.rows import CHANGE_COLUMNS, RunRows

_FIND_FOLLOWED = load(__file__, "find_followed")
_LIKENESS = CHANGE_COLUMNS.index("likeness")


class Trace(NamedTuple):
    """A change that came or went, as far as other nodes care: `likeness` is None where they do not."""

    node_id: int
    at: datetime
    run_id: UUID
    likeness: int | None


@dataclass(frozen=True, slots=True)
class Touched:
    """The earliest moment of each touched node, and the changes that came or went."""

    since: Mapping[int, datetime]
    traces: frozenset[Trace] = frozenset()


def find_touched(
    cursor: CursorWrapper, kept: Collection[RunRows], gone: Collection[Trace], others: Iterable[Moment]
) -> Touched:
    """What these runs touch, which are written by now; `others`: where a run was taken out, or a life began or went."""
    traces = frozenset(gone).symmetric_difference(trace for rows in kept for trace in _traces(rows))
    quiet = [rows.placed.moment for rows in kept if not rows.changes]
    changed = [rows.placed.moment for rows in kept if rows.changes]
    since = _earliest([*changed, *(Moment(trace.node_id, trace.at) for trace in gone)])
    maybe = _earliest([*quiet, *others])
    for node in maybe.keys() & since.keys():
        since[node] = min(since[node], maybe.pop(node))
    return Touched(since | _followed(cursor, maybe), traces)


def _traces(rows: RunRows) -> Iterable[Trace]:
    placed = rows.placed
    for change in rows.changes:
        likeness = change[_LIKENESS]
        assert likeness is None or isinstance(likeness, int)  # noqa: S101 - for mypy
        yield Trace(placed.node_id, placed.at, placed.arrived.run.run_id, likeness)


def _earliest(moments: Iterable[Moment]) -> dict[int, datetime]:
    earliest: dict[int, datetime] = {}
    for node, at in moments:
        earliest[node] = min(at, earliest.get(node, at))
    return earliest


def _followed(cursor: CursorWrapper, maybe: Mapping[int, datetime]) -> dict[int, datetime]:
    """Those of the moments at or after which the node has changes."""
    if not maybe:
        return {}
    cursor.execute(_FIND_FOLLOWED, {"node_ids": [*maybe], "ats": [*maybe.values()]})
    return {node: maybe[node] for (node,) in cursor.fetchall()}
