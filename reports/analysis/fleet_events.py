"""What was corrected on many nodes at about one time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from reports.analysis.window import Window
from reports.rollups.tables import FleetEvent
from reports.store.tables import Resource


@dataclass(frozen=True, slots=True)
class FleetEventStory:
    """One resource, corrected on many nodes of one environment between two moments. No environment: an empty one."""

    resource: str
    environment: str
    started_at: datetime
    ended_at: datetime
    nodes: int
    corrections: int


def list_fleet_events(
    window: Window, *, environment: str | None = None, limit: int = 10
) -> tuple[FleetEventStory, ...]:
    """Those that began in the window, newest first. The first rows of the index on when they began."""
    wanted = Q(started_at__gte=window.since, started_at__lt=window.until)
    if environment:
        wanted &= Q(environment=environment)
    rows = list(FleetEvent.objects.filter(wanted).order_by("-started_at")[:limit])
    resources = Resource.objects.in_bulk([row.resource_id for row in rows])
    return tuple(
        FleetEventStory(
            resource=f"{resources[row.resource_id].type}[{resources[row.resource_id].title}]",
            environment=row.environment,
            started_at=row.started_at,
            ended_at=row.ended_at,
            nodes=row.nodes,
            corrections=row.corrections,
        )
        for row in rows
        if row.resource_id in resources
    )
