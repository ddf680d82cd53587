"""Count each resource on each node over all time, and say which pattern it shows there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.drift.acts import Act, Recognised
from reports.drift.patterns import MOST_ACTS, MOST_RUNS, WINDOW, recognise
from reports.run import Cause, Status
from reports.sql import load

_ACTS = load(__file__, "list_acts")
_RUNS = load(__file__, "list_runs_before")
_NODE_RESOURCE = load(__file__, "recount_node_resource")

_AT_ONCE: Final = 500  # pairs, so that what is read of their changes stays some megabytes


class Pair(NamedTuple):
    """A resource on a node."""

    node_id: int
    resource_id: int


class _Rhythm(NamedTuple):
    """Whose runs are asked for: a tool's on a node, up to its last change of a resource (seconds since 1970 began)."""

    node_id: int
    tool: str
    until: float


class _Habit(NamedTuple):
    """What is known of one pair."""

    pair: Pair
    rhythm: _Rhythm
    acts: Sequence[Act]


def recount_pairs(cursor: CursorWrapper, pairs: Collection[Pair]) -> None:
    """Count these pairs again. What they did on each day is counted already."""
    waiting = iter(sorted(pairs))
    while some := list(islice(waiting, _AT_ONCE)):
        found = _recognise(cursor, some)
        recognised = [found.get(pair) for pair in some]
        columns: dict[str, Any] = {
            **_columns(some),
            "patterns": [one and int(one.pattern) for one in recognised],
            "evidences": [one and one.evidence for one in recognised],
        }
        cursor.execute(_NODE_RESOURCE, columns)


def _recognise(cursor: CursorWrapper, pairs: Sequence[Pair]) -> dict[Pair, Recognised | None]:
    cursor.execute(_ACTS, {**_columns(pairs), "most": MOST_ACTS})
    habits = list(_habits(cursor.fetchall()))
    runs = _find_runs(cursor, sorted({habit.rhythm for habit in habits}))
    return {habit.pair: recognise(habit.acts, runs.get(habit.rhythm, ())) for habit in habits}


def _habits(rows: Iterable[Sequence[Any]]) -> Iterator[_Habit]:
    """Of those that acted in more than one run; the tool is that of the last one."""
    for (node_id, resource_id), group in groupby(rows, key=itemgetter(0, 1)):
        told = list(group)
        last = told[-1][3]
        acts = [
            Act(at, Cause(cause), Status(status), *rest)
            for _, _, _, at, cause, status, *rest in told
            if at > last - WINDOW.total_seconds()
        ]
        if acts[0].at < acts[-1].at:
            yield _Habit(Pair(node_id, resource_id), _Rhythm(node_id, told[-1][2], last), acts)


def _find_runs(cursor: CursorWrapper, asked: Sequence[_Rhythm]) -> dict[_Rhythm, Sequence[float]]:
    if not asked:
        return {}
    node_ids, tools, untils = (list(column) for column in zip(*asked, strict=True))
    columns: dict[str, Any] = {"node_ids": node_ids, "tools": tools, "untils": untils}
    columns |= {"most": MOST_RUNS, "within": WINDOW}
    cursor.execute(_RUNS, columns)
    return {_Rhythm(*rhythm): ats for *rhythm, ats in cursor.fetchall()}


def _columns(pairs: Sequence[Pair]) -> dict[str, Any]:
    return {"node_ids": [pair.node_id for pair in pairs], "resource_ids": [pair.resource_id for pair in pairs]}
