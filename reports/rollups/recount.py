"""Count again, from scratch, the days and hours that went stale. Any order, and any repetition, comes to the same.

One recounter at a time, over all machines: one keeps up with any fleet, and cannot wait for itself. Marks are read
first, the facts later, and a mark is cleared only if no other was made meanwhile: a run is counted at least once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.rollups.fleet_events import recount_fleet_events
from reports.rollups.heat import EPOCH, HALF_LIFE, MOST_AN_HOUR
from reports.rollups.pairs import Pair, recount_pairs
from reports.sql import load
from reports.store.retention import oldest_whole_day

_LOCK = load(__file__, "lock_recount")
_TAKE_DAYS = load(__file__, "take_stale_days")
_TAKE_HOURS = load(__file__, "take_stale_hours")
_SHAKEN = load(__file__, "find_shaken")
_NODE_DAY = load(__file__, "recount_node_day")
_NODE_RESOURCE_DAY = load(__file__, "recount_node_resource_day")
_RESOURCE_DAY = load(__file__, "recount_resource_day")
_RESOURCE_STATE = load(__file__, "recount_resource_state")
_NODE_STATE = load(__file__, "recount_node_state")
_FLEET_HOUR = load(__file__, "recount_fleet_hour")
_CLEAR_DAYS = load(__file__, "clear_stale_days")
_CLEAR_HOURS = load(__file__, "clear_stale_hours")

_NO_JIT: Final = "SET LOCAL jit = off"  # many small statements: compiling one costs more than running it
_MOST_HOURS: Final = 200
_HEAT: Final[dict[str, Any]] = {"epoch": EPOCH, "half_life_seconds": HALF_LIFE.total_seconds()}


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many stale days and hours were taken up. `is_busy`: none, because somebody else is counting."""

    days: int = 0
    hours: int = 0
    is_busy: bool = False


class NodeDayKey(NamedTuple):
    """A day (UTC) of a node."""

    node_id: int
    day: date


class NodeResourceDayKey(NamedTuple):
    """A day (UTC) of a resource on a node."""

    node_id: int
    resource_id: int
    day: date


class StaleMark(NamedTuple):
    """A stale day, how often it was marked by the time it was taken up, and the earliest that moved in it.

    `since` None: nothing moved, and all of it is counted again on purpose.
    """

    node_id: int
    day: date
    marks: int
    since: datetime | None


def recount_stale(now: datetime, *, limit: int = 1000, hour_patience: timedelta = timedelta(0)) -> Recounted:
    """Count again up to `limit` stale days, in one transaction, and the stale hours.

    An hour is left alone until its first mark is older than `hour_patience`: the present one is marked by every batch
    and holds the runs of the whole fleet. Days from which facts have been dropped keep the counts they have.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            return Recounted(is_busy=True)
        cursor.execute(_NO_JIT)
        oldest = oldest_whole_day(now)
        days = _recount_days(cursor, limit, oldest)
        hours = _recount_hours(cursor, now - hour_patience if hour_patience else None, oldest)
    return Recounted(days, hours)


def _recount_days(cursor: CursorWrapper, limit: int, oldest: date) -> int:
    cursor.execute(_TAKE_DAYS, {"most": limit})
    taken = [StaleMark(*row) for row in cursor.fetchall()]
    if not taken:
        return 0
    keys = [NodeDayKey(mark.node_id, mark.day) for mark in taken if mark.day >= oldest]
    cursor.execute(_NODE_DAY, {**_day_columns(keys), **_HEAT, "most_an_hour": MOST_AN_HOUR})
    moved = _recount_node_resource_days(cursor, [NodeDayKey(*row) for row in cursor.fetchall()])
    shaken = _find_shaken(cursor, taken)
    recount_pairs(cursor, {Pair(key.node_id, key.resource_id) for key in [*moved, *shaken]})
    cursor.execute(_NODE_STATE, {"node_ids": sorted({mark.node_id for mark in taken})})
    _recount_resources(cursor, {(key.resource_id, key.day) for key in moved}, {key.resource_id for key in shaken})
    asked = {mark.node_id for mark in taken if mark.since is None}
    bearing = {(key.resource_id, key.day) for key in [*moved, *(key for key in shaken if key.node_id in asked)]}
    recount_fleet_events(cursor, bearing, oldest=oldest)
    node_ids, days, marks, _ = (list(column) for column in zip(*taken, strict=True))
    cursor.execute(_CLEAR_DAYS, {"node_ids": node_ids, "days": days, "marks": marks})
    return len(taken)


def _recount_node_resource_days(cursor: CursorWrapper, eventful: Sequence[NodeDayKey]) -> list[NodeResourceDayKey]:
    """Of the days with changes; those that are not what they were."""
    if not eventful:
        return []
    cursor.execute(_NODE_RESOURCE_DAY, {**_day_columns(eventful), **_HEAT})
    return [NodeResourceDayKey(*row) for row in cursor.fetchall()]


def _find_shaken(cursor: CursorWrapper, taken: Sequence[StaleMark]) -> list[NodeResourceDayKey]:
    """Where the changes of resources may read differently, though they are the same: for what moved before them."""
    since: dict[int, datetime] = {}
    for mark in taken:
        moved_at = mark.since or datetime.combine(mark.day, time(), UTC)
        since[mark.node_id] = min(moved_at, since.get(mark.node_id, moved_at))
    cursor.execute(_SHAKEN, {"node_ids": list(since), "sinces": list(since.values())})
    return [NodeResourceDayKey(*row) for row in cursor.fetchall()]


def _recount_resources(cursor: CursorWrapper, moved: Set[tuple[int, date]], shaken: Set[int]) -> None:
    """The counts of resources over all nodes: of the days that moved; and the heat, also where patterns may have."""
    if moved:
        resource_ids, days = (list(column) for column in zip(*sorted(moved), strict=True))
        cursor.execute(_RESOURCE_DAY, {"resource_ids": resource_ids, "days": days})
    resources = sorted({resource for resource, _ in moved} | shaken)
    if resources:
        cursor.execute(_RESOURCE_STATE, {"resource_ids": resources})


def _recount_hours(cursor: CursorWrapper, marked_before: datetime | None, oldest: date) -> int:
    cursor.execute(_TAKE_HOURS, {"marked_before": marked_before, "most": _MOST_HOURS})
    taken = cursor.fetchall()
    hours = [hour for hour, _ in taken if hour.date() >= oldest]
    if hours:
        cursor.execute(_FLEET_HOUR, {"hours": hours})
    if taken:
        cursor.execute(_CLEAR_HOURS, {"hours": [hour for hour, _ in taken], "marks": [marks for _, marks in taken]})
    return len(taken)


def _day_columns(keys: Collection[NodeDayKey]) -> dict[str, Any]:
    begins = [datetime.combine(key.day, time(), UTC) for key in keys]
    return {
        "node_ids": [key.node_id for key in keys],
        "days": [key.day for key in keys],
        "begins": begins,
        "ends": [begin + timedelta(days=1) for begin in begins],
    }
