"""Which nodes and resources keep needing corrections?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from reports.analysis.heat import COLD, heat_now
from reports.analysis.status import NodeStatus, status_of
from reports.analysis.together import MOMENT, Asked, Row, answer
from reports.rollups.heat import stored_heat
from reports.sql import load

LIST_HOTTEST_NODES = load(__file__, "list_hottest_nodes")
LIST_HOTTEST_RESOURCES = load(__file__, "list_hottest_resources")
DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class HotNode:
    """`heat` counts its corrections, each worth half after seven days; `corrections` are those of seven UTC days."""

    node_id: int
    site: str
    name: str
    status: NodeStatus
    is_clock_wrong: bool
    heat: float
    corrections: int


@dataclass(frozen=True, slots=True)
class HotResource:
    """The same of a resource, on all nodes together."""

    resource_id: int
    name: str
    heat: float
    corrections: int


def list_hottest(now: datetime, *, limit: int = 10) -> tuple[HotNode, ...]:
    """Hottest first. The first rows of the index on heat, at any size of the fleet and at any time."""
    return answer(ask_hottest(now, limit=limit))


def ask_hottest(now: datetime, *, limit: int = 10) -> Asked[tuple[HotNode, ...]]:
    """The same, to be asked together with others."""
    return Asked(LIST_HOTTEST_NODES, _values(now, limit), lambda rows: _nodes(rows, now), {4: MOMENT})


def list_hottest_resources(now: datetime, *, limit: int = 10) -> tuple[HotResource, ...]:
    """Hottest first, likewise."""
    return answer(ask_hottest_resources(now, limit=limit))


def ask_hottest_resources(now: datetime, *, limit: int = 10) -> Asked[tuple[HotResource, ...]]:
    """The same, to be asked together with others."""
    return Asked(LIST_HOTTEST_RESOURCES, _values(now, limit), lambda rows: _resources(rows, now))


def _nodes(rows: list[Row], now: datetime) -> tuple[HotNode, ...]:
    return tuple(
        HotNode(key, site, name, status_of(status, received_at, now), is_wrong, heat_now(heat, now) or 0.0, corrections)
        for key, site, name, status, received_at, is_wrong, heat, corrections in rows
    )


def _resources(rows: list[Row], now: datetime) -> tuple[HotResource, ...]:
    return tuple(
        HotResource(key, name, heat_now(heat, now) or 0.0, corrections) for key, name, heat, corrections in rows
    )


def _values(now: datetime, limit: int) -> dict[str, Any]:
    since = now.astimezone(UTC).date() - timedelta(days=DAYS - 1)
    return {"heat": stored_heat(COLD, now), "since": since, "limit": limit}
