"""What is hot now that was not the week before?"""

from __future__ import annotations

from datetime import datetime, timedelta

from reports.analysis.heat import COLD, stored_heat
from reports.analysis.hotspot_nodes import describe_hot_nodes
from reports.analysis.hotspot_resources import describe_hot_resources
from reports.analysis.hotspots import Hotspot, HotspotFilter, fetch
from reports.analysis.window import last_days
from reports.sql import load

LIST_NEW_NODES = load(__file__, "list_new_nodes")
LIST_NEW_RESOURCES = load(__file__, "list_new_resources")
_WEEK = 7


def list_new_nodes(now: datetime, *, environment: str | None = None, limit: int = 8) -> tuple[Hotspot, ...]:
    """Nodes corrected within the last seven days (UTC, today included) and not in the seven before, hottest first.

    Only the thousand hottest nodes are looked at.
    """
    keys = _list(LIST_NEW_NODES, now, environment, limit)
    return describe_hot_nodes(keys, last_days(_WEEK, now), now)


def list_new_resources(now: datetime, *, environment: str | None = None, limit: int = 8) -> tuple[Hotspot, ...]:
    """The same of resources: corrected within seven days, and on no node in the seven before."""
    keys = _list(LIST_NEW_RESOURCES, now, environment, limit)
    return describe_hot_resources(keys, HotspotFilter(last_days(_WEEK, now), environment), now)


def _list(statement: str, now: datetime, environment: str | None, limit: int) -> list[int]:
    since = last_days(_WEEK, now).first_day
    asked = {
        "coldest": stored_heat(COLD, now),
        "since": since,
        "before": since - timedelta(days=_WEEK),
        "environment": environment,
        "limit": limit,
    }
    return [key for (key,) in fetch(statement, asked)]
