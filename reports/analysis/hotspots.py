"""Where do corrections gather, over a window of days?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import connection

from reports.analysis.heat import heat_now
from reports.analysis.paging import Keyset, Slice, lay_slice, read_cursor
from reports.sql import load

RANK_NODES = load(__file__, "rank_nodes")
RANK_RESOURCES = load(__file__, "rank_resources")
MOST_FIRST = Keyset((("corrections", int), ("id", int)), is_descending=True)


@dataclass(frozen=True, slots=True)
class HotspotFilter:
    """The last `days` UTC days, today included; `environment` None: all of them."""

    days: int = 7
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A node, or a resource over all nodes, and its corrections within the window.

    `runs` are the node's runs, or for a resource those of the whole fleet (or environment); `share_of_runs` is how many
    of them ended corrected, or at most could have corrected the resource. `heat` is told at this moment, whatever the
    window. `nodes` (resources only) is the most nodes it changed on in one day.
    """

    id: int
    name: str
    site: str | None
    corrections: int
    runs: int
    share_of_runs: float
    heat: float | None
    last_correction_at: datetime | None
    nodes: int | None = None
    risk: float | None = None
    pattern: str | None = None
    reasons: tuple[str, ...] = ()


def rank_nodes(wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50) -> Slice[Hotspot]:
    """Nodes by corrections, most first. Reads node_day over the window: one row a node and day."""
    rows = _rank(RANK_NODES, wanted, now, cursor=cursor, limit=limit)
    found = [
        Hotspot(
            id=id_,
            name=name,
            site=site,
            corrections=corrections,
            runs=runs,
            share_of_runs=corrected / runs if runs else 0.0,
            heat=heat_now(heat, now),
            last_correction_at=last_correction_at,
        )
        for id_, name, site, corrections, runs, corrected, heat, last_correction_at in rows
    ]
    return _lay(found, cursor=cursor, limit=limit)


def rank_resources(
    wanted: HotspotFilter, now: datetime, *, cursor: str | None = None, limit: int = 50
) -> Slice[Hotspot]:
    """Resources by corrections, most first. Reads resource_day over the window, and fleet_hour for the runs."""
    rows = _rank(RANK_RESOURCES, wanted, now, cursor=cursor, limit=limit)
    found = [
        Hotspot(
            id=id_,
            name=f"{kind}[{title}]",
            site=None,
            corrections=corrections,
            runs=runs,
            share_of_runs=min(corrections / runs, 1.0) if runs else 0.0,
            heat=heat,
            last_correction_at=last_correction_at,
            nodes=nodes,
        )
        for id_, kind, title, corrections, nodes, runs, heat, last_correction_at in rows
    ]
    return _lay(found, cursor=cursor, limit=limit)


def _rank(
    statement: str, wanted: HotspotFilter, now: datetime, *, cursor: str | None, limit: int
) -> list[tuple[Any, ...]]:
    is_backward, key = read_cursor(cursor, MOST_FIRST) if cursor else (False, (None, None))
    values = {
        "since": now.date() - timedelta(days=wanted.days - 1),
        "today": now.date(),
        "environment": wanted.environment,
        "corrections": key[0],
        "id": key[1],
        "is_backward": is_backward,
        "limit": limit + 1,
    }
    with connection.cursor() as database:
        database.execute(statement, values)
        found: list[tuple[Any, ...]] = database.fetchall()
        return found


def _lay(found: list[Hotspot], *, cursor: str | None, limit: int) -> Slice[Hotspot]:
    is_backward = bool(cursor) and read_cursor(cursor or "", MOST_FIRST)[0]
    walked = sorted(found, key=attrgetter("corrections", "id"), reverse=not is_backward)
    return lay_slice(walked, MOST_FIRST, is_backward=is_backward, has_cursor=cursor is not None, limit=limit)
