"""Have days counted again on purpose: after counts were lost, or what they mean has changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import connection, transaction

from reports.sql import load
from reports.store.retention import oldest_whole_day

_MARK_DAYS = load(__file__, "mark_days")
_MARK_HOURS = load(__file__, "mark_hours")


def mark_range_stale(since: date, until: date, *, now: datetime) -> int:
    """Mark all days from `since` up to, without, `until`; how many days of nodes were marked.

    Days from which facts have been dropped are left out: what is counted of them cannot be counted again.
    """
    since = max(since, oldest_whole_day(now))
    if since >= until:
        return 0
    span = {"since": datetime.combine(since, time(), UTC), "until": datetime.combine(until, time(), UTC)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MARK_DAYS, span)
        marked: int = cursor.rowcount
        cursor.execute(_MARK_HOURS, span)
    return marked
