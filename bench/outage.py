"""A mass outage: the newest run of four fifths of a fleet fails, in the last ten minutes. `python -m bench.outage`.

Into the database of the settings, which `bench.simulate --database` has filled; give it a copy (CREATE DATABASE …
TEMPLATE …), for nothing takes it back. Each of those nodes has its newest run once more, with a resource that failed,
one of five; then days, hours and states are counted again as the drain does.
"""

from __future__ import annotations

import os
import time
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from bench.server import running_postgres  # noqa: E402
from reports.rollups.recount import recount_stale  # noqa: E402
from reports.rollups.tables import NodeState  # noqa: E402
from reports.store.partitions import ensure_partitions  # noqa: E402
from reports.store.weeks import week_of  # noqa: E402

_HIT: Final = 80  # of a hundred nodes
_DAYS_AT_ONCE: Final = 2_000
_STATEMENTS: Final = (
    """
    CREATE TEMPORARY TABLE hit ON COMMIT DROP AS
    SELECT
        node_id, last_run_at, last_run_id, md5('outage' || node_id)::uuid AS run_id,
        %(now)s - abs(hashint8(node_id)) %% 600 * interval '1 second' AS at,
        (SELECT array_agg(resource_id ORDER BY heat DESC) FROM (
            SELECT resource_id, heat FROM resource_state ORDER BY heat DESC LIMIT 5
        ) AS hottest)[1 + abs(hashint8(node_id # 7)) %% 5] AS resource_id
    FROM node_state
    WHERE last_run_id IS NOT NULL AND abs(hashint8(node_id # 13)) %% 100 < %(hit)s
    """,
    """
    INSERT INTO run (
        node_id, at, received_at, resource_set_id, machine_id, id, duration_ms, total, unchanged, failed, outcome,
        richness, noop, tool, environment, code_version, declared_set_id
    )
    SELECT
        node_id, hit.at, hit.at + interval '40 seconds', resource_set_id, machine_id, hit.run_id, 31000, total,
        total - 1, 1, 6, richness, false, tool, environment, code_version, declared_set_id
    FROM hit JOIN run USING (node_id)
    WHERE run.at = hit.last_run_at AND run.id = hit.last_run_id
    """,
    """
    INSERT INTO change (
        node_id, at, resource_id, run_id, ordinal, status, cause, is_sensitive, tool, environment, reason, message
    )
    SELECT
        node_id, hit.at, hit.resource_id, hit.run_id, 0, 2, 0, false, tool, environment, '',
        'could not reach mirror.example.net: connection timed out after 30 seconds'
    FROM hit JOIN run USING (node_id)
    WHERE run.at = hit.at AND run.id = hit.run_id
    """,
    """
    INSERT INTO stale_day (node_id, day, marks, since) SELECT node_id, (at AT TIME ZONE 'UTC')::date, 1, at FROM hit
    ON CONFLICT (node_id, day) DO UPDATE SET marks = stale_day.marks + 1
    """,
    """
    INSERT INTO stale_hour (hour, marks) SELECT DISTINCT date_trunc('hour', at), 1 FROM hit
    ON CONFLICT (hour) DO UPDATE SET marks = stale_hour.marks + 1
    """,
)


def main() -> None:
    """The command line, which takes nothing."""
    with running_postgres(settings.FLEETVIEW_DATA_DIR):
        began = time.monotonic()
        now = NodeState.objects.aggregate(newest=Max("last_received_at"))["newest"]
        ensure_partitions({week_of(now)})
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _STATEMENTS:
                cursor.execute(statement, {"now": now, "hit": _HIT})
        while recount_stale(now, limit=_DAYS_AT_ONCE).days:
            pass
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        failed = NodeState.objects.filter(status=6).count()
        print(f"{failed} nodes fail, written and counted in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
