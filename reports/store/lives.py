"""The lives of a node: which machine stood behind its name since when.

A report that comes late about an earlier machine puts that life where it belongs; it does not undo what later reports
have told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.db.backends.utils import CursorWrapper

from reports.sql import load
from reports.store.copying import copy_rows
from reports.store.ids import machine_id
from reports.store.marks import Moment
from reports.store.text import clean_name

_FIND = load(__file__, "find_lives")
_DELETE = load(__file__, "delete_lives")
_COLUMNS = ("node_id", "tool", "machine_id", "since", "machine")


Told: TypeAlias = tuple[int, str]  # a node, and the tool that tells its machine


class Sighting(NamedTuple):
    """A machine that one tool saw behind a node's name. Sorted, the oldest of each node and tool comes first."""

    node_id: int
    tool: str
    at: datetime
    machine: str


class Life(NamedTuple):
    """A row of node_life without its node and tool. Lives of one node sort by their beginning."""

    since: datetime
    machine_id: int
    machine: str


def save_lives(cursor: CursorWrapper, sightings: Collection[Sighting]) -> list[Moment]:
    """Store the lives that begin with these sightings; where in the past of which nodes another machine stands by now.

    The nodes are locked by the caller.
    """
    if not sightings:
        return []
    cursor.execute(_FIND, {"node_ids": sorted({sighting.node_id for sighting in sightings})})
    before: defaultdict[Told, list[Life]] = defaultdict(list)
    for node, tool, number, since, machine in cursor.fetchall():
        before[node, tool].append(Life(since, number, machine))
    after = {told: sorted(lives) for told, lives in before.items()}
    for sighting in sorted(set(sightings)):
        place_life(after.setdefault((sighting.node_id, clean_name(sighting.tool)), []), sighting)
    return _rewrite(cursor, _flat(before), _flat(after))


def _flat(lives: Mapping[Told, Iterable[Life]]) -> set[tuple[Told, Life]]:
    return {(told, life) for told in lives for life in lives[told]}


def _rewrite(cursor: CursorWrapper, before: set[tuple[Told, Life]], after: set[tuple[Told, Life]]) -> list[Moment]:
    if gone := sorted(before - after):
        columns: dict[str, Any] = {
            "node_ids": [node for (node, _), _ in gone],
            "tools": [tool for (_, tool), _ in gone],
            "machine_ids": [life.machine_id for _, life in gone],
            "sinces": [life.since for _, life in gone],
        }
        cursor.execute(_DELETE, columns)
    born = sorted(after - before)
    rows = [(*told, life.machine_id, life.since, life.machine) for told, life in born]
    copy_rows(cursor, "node_life", _COLUMNS, rows)
    return [Moment(node, life.since) for (node, _), life in [*gone, *born]]


def place_life(lives: list[Life], sighting: Sighting) -> None:
    """Put a sighting among the sorted lives of its node: nothing new, a life that began earlier, or one more."""
    seen = Life(sighting.at, machine_id(sighting.machine), clean_name(sighting.machine))
    following = bisect_right(lives, sighting.at, key=lambda life: life.since)
    if following and lives[following - 1].machine_id == seen.machine_id:
        return
    if following < len(lives) and lives[following].machine_id == seen.machine_id:
        lives[following] = lives[following]._replace(since=sighting.at)
    else:
        lives.insert(following, seen)
