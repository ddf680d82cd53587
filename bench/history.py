"""Many times the history of a fleet: its last week copied into the weeks before. `python -m bench.history --times 12`.

Into the database of the settings, which `bench.simulate --database` has filled with a week. Facts and counts are copied
with every moment shifted by whole weeks, so runs, changes and days agree; how the nodes are by now stays as it was.
Weeks that are there already are left alone: a larger `--times` later on adds what is missing.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from bench.server import running_postgres  # noqa: E402
from reports.rollups.tables import (  # noqa: E402
    FleetEvent,
    FleetHour,
    NodeDay,
    NodeResourceDay,
    ResourceDay,
)
from reports.store.partitions import ensure_partitions  # noqa: E402
from reports.store.tables import Change, InventoryChange, Run, RunDetail  # noqa: E402
from reports.store.weeks import week_of  # noqa: E402

_WEEK: Final = timedelta(weeks=1)
_FEWEST: Final = 0.2  # of the runs of a usual day: a day with fewer holds strays alone
_PLACED_BY: Final[dict[type[models.Model], str]] = {  # each table that is copied, and the column that says when
    Run: "at",
    RunDetail: "at",
    Change: "at",
    InventoryChange: "at",
    NodeDay: "day",
    NodeResourceDay: "day",
    ResourceDay: "day",
    FleetHour: "hour",
    FleetEvent: "started_at",
}

# What is told over all time: counted again from the days, and from when the first run is now.
_TOTALS: Final = (
    """
    UPDATE node_resource
    SET changes = days.changes, corrections = days.corrections, failures = days.failures,
        first_change_at = days.first_change_at
    FROM (
        SELECT
            node_id, resource_id, sum(changes) AS changes, sum(corrections) AS corrections,
            sum(failures) AS failures, min(first_change_at) AS first_change_at
        FROM node_resource_day GROUP BY node_id, resource_id
    ) AS days
    WHERE node_resource.node_id = days.node_id AND node_resource.resource_id = days.resource_id
    """,
    """
    UPDATE resource_environment SET corrections = days.corrections
    FROM (
        SELECT resource_id, environment, sum(corrections) AS corrections
        FROM resource_day WHERE heat IS NOT NULL GROUP BY resource_id, environment
    ) AS days
    WHERE resource_environment.resource_id = days.resource_id AND resource_environment.environment = days.environment
    """,
    """
    UPDATE resource_state SET corrections = environments.corrections
    FROM (
        SELECT resource_id, sum(corrections) AS corrections FROM resource_environment GROUP BY resource_id
    ) AS environments
    WHERE resource_state.resource_id = environments.resource_id
    """,
    """
    UPDATE node SET first_seen_at = least(node.first_seen_at, days.first_day)
    FROM (SELECT node_id, min(day) AS first_day FROM node_day GROUP BY node_id) AS days
    WHERE node.id = days.node_id
    """,
    """
    UPDATE node_state SET first_seen_at = node.first_seen_at FROM node WHERE node_state.node_id = node.id
    """,
    """
    INSERT INTO intake_day (day, door, sender, stored, duplicates, ignored, refused, shed, bytes, last_received_at)
    SELECT
        (hour AT TIME ZONE 'UTC')::date, tool, 'simulator', sum(runs), 0, 0, 0, 0, sum(runs) * 5000,
        max(hour) + interval '59 min'
    FROM fleet_hour GROUP BY (hour AT TIME ZONE 'UTC')::date, tool
    ON CONFLICT (day, door, sender) DO NOTHING
    """,
)


@dataclass(frozen=True, slots=True)
class Copied:
    """The week that is copied, and the moment from which on there are runs already."""

    since: datetime
    until: datetime
    present_from: datetime


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.history", description=__doc__)
    parser.add_argument("--times", type=int, default=12, help="weeks that there shall be in all")
    wanted = parser.parse_args()
    with running_postgres(settings.FLEETVIEW_DATA_DIR):
        copied = find_copied()
        for weeks in range(1, wanted.times):
            copy(copied, weeks)
        began = time.monotonic()
        with connection.cursor() as cursor:
            for statement in _TOTALS:
                cursor.execute(statement)
            cursor.execute("VACUUM (ANALYZE)")
        print(f"totals told anew in {time.monotonic() - began:.0f} s")
        call_command("foretell")


def find_copied() -> Copied:
    """The seven days (UTC) up to the newest with runs, and how far back the days with runs reach without a gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (hour AT TIME ZONE 'UTC')::date AS day, sum(runs) FROM fleet_hour GROUP BY day ORDER BY day DESC"
        )
        runs = dict(cursor.fetchall())
    usual = sorted(runs.values())[len(runs) // 2]
    newest = next(day for day in runs if runs[day] > _FEWEST * usual)
    oldest = newest
    while runs.get(oldest - timedelta(days=1), 0) > _FEWEST * usual:
        oldest -= timedelta(days=1)
    end = datetime(newest.year, newest.month, newest.day, tzinfo=UTC) + timedelta(days=1)
    return Copied(end - _WEEK, end, datetime(oldest.year, oldest.month, oldest.day, tzinfo=UTC))


def copy(copied: Copied, weeks: int) -> None:
    """Copy the week so many weeks back, as far as nothing is there yet."""
    shift = weeks * _WEEK
    if copied.since - shift >= copied.present_from:
        return
    began = time.monotonic()
    ensure_partitions({week_of(copied.since - shift), week_of(copied.until - shift)})
    asked: dict[str, Any] = {
        "since": copied.since,
        "until": min(copied.until, copied.present_from + shift),
        "shift": shift,
        "weeks": weeks,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for model in _PLACED_BY:
            cursor.execute(_copying(model), asked)
    print(f"{weeks:4} weeks back in {time.monotonic() - began:.0f} s", flush=True)


def _copying(model: type[models.Model]) -> str:
    """The statement that copies one table's week."""
    table, placed_by = model._meta.db_table, _PLACED_BY[model]
    shifted = dict(_shifted(model))
    return f"""
        INSERT INTO {table} ({", ".join(shifted)})
        SELECT {", ".join(shifted.values())}
        FROM {table} WHERE {placed_by} >= %(since)s AND {placed_by} < %(until)s
        ON CONFLICT DO NOTHING -- strays, which came late, may stand in the way
    """  # noqa: S608 - names of our own tables and columns


def _shifted(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Each column, and what is written to it: times earlier, other ids of runs, and heat by as many half-lives less."""
    for field in model._meta.concrete_fields:
        column: Any = field.column
        match field:
            case models.DateTimeField():
                yield column, f"{column} - %(shift)s"
            case models.DateField():
                yield column, f"({column} - %(shift)s)::date"
            case models.UUIDField():
                yield column, f"md5({column}::text || %(weeks)s)::uuid"
            case models.FloatField() if column == "heat":
                yield column, f"{column} - %(weeks)s"
            case models.CompositePrimaryKey():
                pass
            case _:
                yield column, column


if __name__ == "__main__":
    main()
