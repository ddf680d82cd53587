"""What is the story of one resource: when and where is it corrected, and which values is it found with?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reports.analysis.paging import Slice
from reports.analysis.resource import (
    FleetEventLine,
    ResourceDayLine,
    ResourceName,
    ResourceReach,
    find_resource,
    list_events,
    list_resource_days,
    measure_reach,
)
from reports.analysis.resource_nodes import NodeOfResource, list_nodes_of_resource
from reports.analysis.resource_values import PropertyValues, count_values

MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class ResourceQuestion:
    """Which resource, over the last `days` UTC days, today included; `environment` and what follows is of its nodes."""

    resource_id: int
    days: int = 90
    environment: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ResourceStory:
    """`days` and `values` are of the window, which begins with `since`; `reach` and `nodes` are over all time.

    `defined_at`: where the code declares it, as the last changes of the nodes given tell, the most frequent first.
    """

    resource: ResourceName
    since: date
    days: tuple[ResourceDayLine, ...]
    reach: ResourceReach
    events: tuple[FleetEventLine, ...]
    values: tuple[PropertyValues, ...]
    defined_at: tuple[str, ...]
    nodes: Slice[NodeOfResource]


def find_resource_story(asked: ResourceQuestion, now: datetime) -> ResourceStory:
    """Raises NothingFound. Counts are from rollups; of the changes the newest of the window are read, and no others."""
    resource = find_resource(asked.resource_id)
    since = now.astimezone(UTC).date() - timedelta(days=asked.days - 1)
    nodes = list_nodes_of_resource(
        resource.id, now, environment=asked.environment, cursor=asked.cursor, limit=asked.limit
    )
    return ResourceStory(
        resource=resource,
        since=since,
        days=list_resource_days(resource.id, since=since),
        reach=measure_reach(resource.id, now),
        events=list_events(resource.id),
        values=count_values(resource.id, since=datetime.combine(since, time(), UTC), until=now),
        defined_at=_places(nodes.rows),
        nodes=nodes,
    )


def _places(nodes: tuple[NodeOfResource, ...]) -> tuple[str, ...]:
    places = Counter(node.last.defined_at for node in nodes if node.last and node.last.defined_at)
    return tuple(place for place, _ in places.most_common(MOST_PLACES))
