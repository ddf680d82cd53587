"""What was corrected on many nodes at about one time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.analysis.together import MOMENT, Asked, Row, answer
from reports.analysis.window import Window
from reports.sql import load

LIST_FLEET_EVENTS = load(__file__, "list_fleet_events")


@dataclass(frozen=True, slots=True)
class FleetEventStory:
    """One resource, corrected on many nodes of one environment between two moments. No environment: an empty one."""

    resource_id: int
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
    return answer(ask_fleet_events(window, environment=environment, limit=limit))


def ask_fleet_events(
    window: Window, *, environment: str | None = None, limit: int = 10
) -> Asked[tuple[FleetEventStory, ...]]:
    """The same, to be asked together with others."""
    values = {"since": window.since, "until": window.until, "environment": environment, "limit": limit}
    return Asked(LIST_FLEET_EVENTS, values, _stories, {3: MOMENT, 4: MOMENT})


def _stories(rows: list[Row]) -> tuple[FleetEventStory, ...]:
    return tuple(FleetEventStory(*row) for row in rows)
