"""The weekly partitions of the tables of facts: made ahead and on demand, and dropped when their time is over.

A partition is made as a table of its own and then attached, which (unlike CREATE TABLE … PARTITION OF) lets readers and
writers of the other weeks go on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.sql import load
from reports.store.weeks import Week, week_named, week_of

PARTITIONED = ("run", "run_detail", "change", "inventory_change")
WEEKS_AHEAD = 2

_LIST = load(__file__, "list_partitions")
_LOCK = load(__file__, "lock_partitions")
_BRIEFLY = "SET LOCAL lock_timeout = '2s'"

_known: set[Week] = set()  # weeks that are sure to have all their partitions, in this process


def ensure_partitions(weeks: Collection[Week]) -> None:
    """Make what is missing of these weeks. Free of charge for weeks that this process has seen before."""
    missing = sorted(set(weeks) - _known)
    if not missing:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK)  # one maker at a time, over all machines
        existing = _existing(cursor)
        for week in missing:
            for table in PARTITIONED:
                if (table, week) not in existing:
                    _make(cursor, table, week)
        transaction.on_commit(partial(_known.update, missing))


def make_partitions_ahead(now: datetime, *, weeks: int = WEEKS_AHEAD) -> None:
    """This week's partitions and those of the next ones, so that no report has to wait for them."""
    ensure_partitions([week_of(now + timedelta(weeks=ahead)) for ahead in range(weeks + 1)])


def drop_partitions_before(cutoff: datetime) -> tuple[str, ...]:
    """Drop the partitions that lie wholly before the cutoff; the names of those dropped.

    One that a long query still reads is left for the next time: waiting for it would hold up every writer.
    """
    with connection.cursor() as cursor:
        ended = sorted((week, table) for table, week in _existing(cursor) if week.ends_at <= cutoff)
    return tuple(_partition(table, week) for week, table in ended if _drop(table, week))


def _existing(cursor: CursorWrapper) -> set[tuple[str, Week]]:
    cursor.execute(_LIST, {"tables": list(PARTITIONED)})
    found = ((table, week_named(partition)) for table, partition in cursor.fetchall())
    return {(table, week) for table, week in found if week is not None}


def _make(cursor: CursorWrapper, table: str, week: Week) -> None:
    name = _partition(table, week)
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
    cursor.execute(
        f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM (%(begin)s) TO (%(end)s)",
        {"begin": week.begins_at, "end": week.ends_at},
    )


def _drop(table: str, week: Week) -> bool:
    _known.discard(week)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BRIEFLY)
            cursor.execute(f"DROP TABLE IF EXISTS {_partition(table, week)}")
    except OperationalError as error:
        if not _is_lock_timeout(error):
            raise
        return False
    return True


def _partition(table: str, week: Week) -> str:
    return f"{table}_{week.suffix}"


def _is_lock_timeout(error: DatabaseError) -> bool:
    return getattr(error.__cause__, "pgcode", None) == "55P03"
