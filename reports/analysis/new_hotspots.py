"""What is hot now that was not the week before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from reports.analysis.heat import COLD, heat_now
from reports.analysis.hotspot_nodes import ids_of_nodes
from reports.analysis.hotspot_resources import ids_of_resources
from reports.analysis.hotspots import fetch
from reports.analysis.meant import of_those_meant
from reports.analysis.window import last_days
from reports.rollups.heat import stored_heat
from reports.sql import load

LIST_NEW_NODES = load(__file__, "list_new_nodes")
LIST_NEW_RESOURCES = load(__file__, "list_new_resources")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class NewHotspot:
    """A node, or a resource (then without a site), and how hot it is by now."""

    id: int
    name: str
    site: str | None
    heat: float
    last_correction_at: datetime
    is_clock_wrong: bool


def list_new_nodes(
    now: datetime, *, environment: str | None = None, meant: Q | None = None, limit: int = 8
) -> tuple[NewHotspot, ...]:
    """Nodes corrected within the last seven days (UTC, today included) and not in the seven before, hottest first.

    Only the thousand hottest nodes that meet the condition `meant` are looked at.
    """
    return _list(LIST_NEW_NODES, now, ids_of_nodes(meant), environment=environment, limit=limit)


def list_new_resources(
    now: datetime, *, environment: str | None = None, meant: Q | None = None, limit: int = 8
) -> tuple[NewHotspot, ...]:
    """The same of resources: corrected within seven days, and on no node in the seven before."""
    return _list(LIST_NEW_RESOURCES, now, ids_of_resources(meant), environment=environment, limit=limit)


def _list(
    statement: str, now: datetime, meant: QuerySet[Any, Any] | None, *, environment: str | None, limit: int
) -> tuple[NewHotspot, ...]:
    since = last_days(_WEEK, now).first_day
    asked = {
        "coldest": stored_heat(COLD, now),
        "since": since,
        "before": since - timedelta(days=_WEEK),
        "environment": environment,
        "limit": limit,
    }
    return tuple(
        NewHotspot(key, name, site, heat_now(heat, now) or 0.0, last_correction_at, bool(is_clock_wrong))
        for key, name, site, heat, last_correction_at, is_clock_wrong in fetch(*of_those_meant(statement, asked, meant))
    )
