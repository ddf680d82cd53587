"""Marks on days and hours whose counts no longer agree with the facts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.sql import load

_MARK_DAYS = load(__file__, "mark_stale_days")
_MARK_HOURS = load(__file__, "mark_stale_hours")


class Moment(NamedTuple):
    """When something came to a node, or went."""

    node_id: int
    at: datetime


def mark_stale(cursor: CursorWrapper, of_nodes: Collection[Moment], of_fleet: Collection[datetime]) -> None:
    """Mark the days of these nodes and these hours of the fleet.

    Always the last thing in a transaction: nearly every writer marks the present hour, and waits for the one before.
    """
    if of_nodes:
        since: dict[tuple[int, date], datetime] = {}
        for moment in sorted(of_nodes):
            since.setdefault((moment.node_id, moment.at.astimezone(UTC).date()), moment.at)
        days = sorted(since)
        node_ids, dates = [node for node, _ in days], [day for _, day in days]
        cursor.execute(_MARK_DAYS, {"node_ids": node_ids, "days": dates, "sinces": [since[day] for day in days]})
    if of_fleet:
        hours = {at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) for at in of_fleet}
        cursor.execute(_MARK_HOURS, {"hours": sorted(hours)})
