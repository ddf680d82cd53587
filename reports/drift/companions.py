"""The same change on other nodes at about one time: counted where a node's own runs cannot tell a cause, and told to
the other nodes where a change comes or goes.

Both only under one lock. Without it two writers would each miss what the other has not committed, and neither would
tell the other. It is taken late, shortly before the marks that writers wait for each other at anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.drift.history import COMPANION_TIME, ENOUGH_COMPANIONS
from reports.sql import load
from reports.store.touched import Touched, Trace

_LOCK = load(__file__, "lock_companions")
_COUNT = load(__file__, "count_companions")
_FIND_WAITING = load(__file__, "find_waiting")
_MARK = load(__file__, "mark_stale_causes")


class Place(NamedTuple):
    """Where a change that may have companions was made."""

    likeness: int
    node_id: int
    at: datetime


def lock_companions(cursor: CursorWrapper) -> None:
    """Until the transaction ends: what others count and tell comes wholly before or wholly after."""
    cursor.execute(_LOCK)


def count_companions(cursor: CursorWrapper, places: Collection[Place]) -> dict[Place, int]:
    """On how many other nodes the same change was made within COMPANION_TIME; ENOUGH_COMPANIONS for all that is more.

    Places without any are left out.
    """
    if not places:
        return {}
    ordered = sorted(set(places))
    columns: dict[str, Any] = {
        "likenesses": [place.likeness for place in ordered],
        "node_ids": [place.node_id for place in ordered],
        "ats": [place.at for place in ordered],
        "begins": [place.at - COMPANION_TIME for place in ordered],
        "ends": [place.at + COMPANION_TIME for place in ordered],
        "enough": ENOUGH_COMPANIONS,
    }
    cursor.execute(_COUNT, columns)
    return {Place(likeness, node, at): count for likeness, node, at, count in cursor.fetchall() if count}


def tell_companions(cursor: CursorWrapper, touched: Touched) -> None:
    """Mark the other nodes whose causes may read differently now that these changes came or went.

    Nodes that are explained in this transaction anyway are left out.
    """
    halves = sorted({*_halves(touched.traces)})
    if not halves:
        return
    columns: dict[str, Any] = {
        "likenesses": [likeness for likeness, *_ in halves],
        "node_ids": [node for _, node, *_ in halves],
        "begins": [begin for *_, begin, _ in halves],
        "ends": [end for *_, end in halves],
        "enough": ENOUGH_COMPANIONS,
    }
    cursor.execute(_FIND_WAITING, columns)
    waiting: dict[int, datetime] = {}
    for node, at in cursor.fetchall():
        if node not in touched.since or at < touched.since[node]:
            waiting[node] = min(at, waiting.get(node, at))
    mark_stale_causes(cursor, waiting)


def _halves(traces: Iterable[Trace]) -> Iterator[tuple[int, int, datetime, datetime]]:
    """The time before and the time after each change."""
    for trace in traces:
        if trace.likeness is not None:
            yield trace.likeness, trace.node_id, trace.at - COMPANION_TIME, trace.at
            yield trace.likeness, trace.node_id, trace.at, trace.at + COMPANION_TIME


def mark_stale_causes(cursor: CursorWrapper, since: Mapping[int, datetime]) -> None:
    """Have the causes of these nodes told again by whoever comes to it."""
    if since:
        node_ids = sorted(since)
        cursor.execute(_MARK, {"node_ids": node_ids, "sinces": [since[node] for node in node_ids]})
