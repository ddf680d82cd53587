"""What is hot now that was not the week before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from reports.analysis.heat import COLD, heat_now
from reports.analysis.hotspot_nodes import ids_of_nodes
from reports.analysis.hotspot_resources import ids_of_resources
from reports.analysis.meant import of_those_meant
from reports.analysis.together import MOMENT, Asked, Row, answer
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
    return answer(ask_new_nodes(now, environment=environment, meant=meant, limit=limit))


def ask_new_nodes(
    now: datetime, *, environment: str | None = None, meant: Q | None = None, limit: int = 8
) -> Asked[tuple[NewHotspot, ...]]:
    """The same, to be asked together with others."""
    # What is cold is looked up for nobody: a condition may cost a look-up a node.
    hot = None if meant is None else meant & Q(heat__gt=stored_heat(COLD, now))
    return _ask(LIST_NEW_NODES, now, ids_of_nodes(hot), environment=environment, limit=limit)


def list_new_resources(
    now: datetime, *, environment: str | None = None, meant: Q | None = None, limit: int = 8
) -> tuple[NewHotspot, ...]:
    """The same of resources: corrected within seven days, and on no node in the seven before."""
    return answer(ask_new_resources(now, environment=environment, meant=meant, limit=limit))


def ask_new_resources(
    now: datetime, *, environment: str | None = None, meant: Q | None = None, limit: int = 8
) -> Asked[tuple[NewHotspot, ...]]:
    """The same, to be asked together with others."""
    return _ask(LIST_NEW_RESOURCES, now, ids_of_resources(meant), environment=environment, limit=limit)


def _ask(
    statement: str, now: datetime, meant: QuerySet[Any, Any] | None, *, environment: str | None, limit: int
) -> Asked[tuple[NewHotspot, ...]]:
    since = last_days(_WEEK, now).first_day
    asked = {
        "coldest": stored_heat(COLD, now),
        "since": since,
        "before": since - timedelta(days=_WEEK),
        "environment": environment,
        "limit": limit,
    }
    return Asked(*of_those_meant(statement, asked, meant), lambda rows: _hotspots(rows, now), {4: MOMENT})


def _hotspots(rows: list[Row], now: datetime) -> tuple[NewHotspot, ...]:
    return tuple(
        NewHotspot(key, name, site, heat_now(heat, now) or 0.0, last_correction_at, bool(is_clock_wrong))
        for key, name, site, heat, last_correction_at, is_clock_wrong in rows
    )
