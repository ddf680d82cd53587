"""Ask the database what ran on the touched nodes, from when they were touched on and just before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from reports.drift.history import LOOK_AHEAD, LOOK_BACK, PastRun
from reports.drift.slices import StoredRun, Stretch, by_tool
from reports.run import Outcome
from reports.sql import load
from reports.store.retention import oldest_welcome_at

_FIND_SINCE = load(__file__, "find_runs_since")
_FIND_BEFORE = load(__file__, "find_runs_before")

_BEFORE: Final = LOOK_BACK + LOOK_AHEAD
_MOST_DAYS: Final = 500  # of nodes, read at once: some 25,000 runs where each node runs every half hour


def by_days(since: Mapping[int, datetime], now: datetime) -> Iterator[dict[int, datetime]]:
    """The touched nodes in parts of which all runs can be held at once: nearly always all of them."""
    part: dict[int, datetime] = {}
    days = timedelta()
    for node in sorted(since):
        part[node] = since[node]
        days += max(now - since[node], timedelta()) + timedelta(days=0.5)
        if days > timedelta(days=_MOST_DAYS):
            yield part
            part, days = {}, timedelta()
    if part:
        yield part


def find_stretches(cursor: CursorWrapper, since: Mapping[int, datetime], now: datetime) -> Iterator[Stretch]:
    """One stretch for each tool that has run on a touched node since it was touched.

    A node that is known for longer than facts are kept may have had runs that are gone: its stretches are never whole.
    """
    cursor.execute(_FIND_SINCE, {"node_ids": [*since], "sinces": [*since.values()]})
    rows = cursor.fetchall()
    known_since = {row[0]: row[-1] for row in rows}
    runs = by_tool(_stored(row) for row in rows)
    before = _find_before(cursor, {key: since[key[0]] for key in runs})
    for (node, tool), later in runs.items():
        earlier = before.get((node, tool), [])
        is_whole = len(earlier) < _BEFORE and known_since[node] >= oldest_welcome_at(now)
        yield Stretch([*earlier, *later], since[node], is_whole)


def _find_before(
    cursor: CursorWrapper, touched: Mapping[tuple[int, str], datetime]
) -> dict[tuple[int, str], list[StoredRun]]:
    if not touched:
        return {}
    columns: dict[str, Any] = {
        "node_ids": [node for node, _ in touched],
        "tools": [tool for _, tool in touched],
        "sinces": [*touched.values()],
        "most": _BEFORE,
    }
    cursor.execute(_FIND_BEFORE, columns)
    return by_tool(map(_stored, cursor.fetchall()))


def _stored(row: Sequence[Any]) -> StoredRun:
    """A row of either statement."""
    node, at, run_id, tool, environment, code_version, number, noop, *ids = row[:12]
    counters, weight = row[12:18], row[18]
    outcome = None if number is None else Outcome(number)
    told = Outcome.CHANGED if outcome is Outcome.CORRECTED else outcome
    past = PastRun(at, run_id, tool, environment, code_version, told, noop, *ids)
    return StoredRun(node, past, outcome, None if counters[0] is None else tuple(counters), weight)
