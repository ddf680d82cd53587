"""What does one resource do, over all nodes and over time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from reports.analysis.changes import split_resource
from reports.errors import NothingFound
from reports.rollups.tables import FleetEvent, ResourceDay
from reports.run import Pattern
from reports.sql import load
from reports.store.ids import resource_id
from reports.store.tables import Resource

COUNT_NODES = load(__file__, "count_nodes_of_resource")


@dataclass(frozen=True, slots=True)
class ResourceName:
    """A resource: its key, and the name that people know."""

    id: int
    type: str
    title: str

    @property
    def name(self) -> str:
        return f"{self.type}[{self.title}]"


@dataclass(frozen=True, slots=True)
class ResourceDayLine:
    """What the resource did in one environment on one UTC day. No environment told: an empty one."""

    day: date
    environment: str
    nodes: int
    changes: int
    corrections: int
    failures: int


@dataclass(frozen=True, slots=True)
class ResourceReach:
    """On how many nodes the resource ever changed or failed, and by which patterns. Corrected: within so many days."""

    nodes: int
    corrected_7d: int
    corrected_30d: int
    failing: int  # nodes on which it ever failed
    patterns: tuple[tuple[Pattern, int], ...]  # those that occur, most nodes first


@dataclass(frozen=True, slots=True)
class FleetEventLine:
    """Corrections of the resource on many nodes of one environment at about one time."""

    environment: str
    started_at: datetime
    ended_at: datetime
    nodes: int
    corrections: int


def resource_key(name: str) -> int:
    """The id of the resource called `Type[title]`. Raises BadQuestion for what is no such name."""
    return resource_id(*split_resource(name))


def find_resource(key: int) -> ResourceName:
    """The resource of this id. Raises NothingFound."""
    row = Resource.objects.filter(pk=key).first()
    if row is None:
        raise NothingFound("no resource of that name ever changed or failed on a node, or was told by a run")
    return ResourceName(row.id, row.type, row.title)


def list_resource_days(key: int, *, since: date) -> tuple[ResourceDayLine, ...]:
    """Day by day and environment, oldest first; days on which nothing happened are absent. Its rows by key alone."""
    rows = ResourceDay.objects.filter(resource_id=key, day__gte=since).order_by("day", "environment")
    columns = rows.values_list("day", "environment", "nodes", "changes", "corrections", "failures")
    return tuple(ResourceDayLine(*row) for row in columns)


def measure_reach(key: int, now: datetime) -> ResourceReach:
    """Counts of nodes. Reads one row for each node that has the resource, whatever their history."""
    asked: dict[str, Any] = {
        "resource_id": key,
        "since_7d": now - timedelta(days=7),
        "since_30d": now - timedelta(days=30),
    }
    with connection.cursor() as database:
        database.execute(COUNT_NODES, asked)
        rows = database.fetchall()
    patterns = [(Pattern(pattern), nodes) for pattern, nodes, *_ in rows if pattern is not None]
    nodes, corrected_7d, corrected_30d, failing = (sum(row[place] for row in rows) for place in range(1, 5))
    return ResourceReach(
        nodes=nodes,
        corrected_7d=corrected_7d,
        corrected_30d=corrected_30d,
        failing=failing,
        patterns=tuple(sorted(patterns, key=lambda counted: -counted[1])),
    )


def list_events(key: int, *, limit: int = 10) -> tuple[FleetEventLine, ...]:
    """The fleet events that the resource had, newest first. Its rows by key alone."""
    rows = FleetEvent.objects.filter(resource_id=key).order_by("-started_at")[:limit]
    return tuple(
        FleetEventLine(row.environment, row.started_at, row.ended_at, row.nodes, row.corrections) for row in rows
    )
