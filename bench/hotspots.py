"""Does "hottest first" take the same time in a fleet of any size? `python -m bench.hotspots [SMALL LARGE]`.

Counts of 1,000 and of 100,000 nodes over four weeks are written straight into a database made for it and dropped again.
A tenth of the nodes is corrected now and then; there is one resource to five nodes, and twenty environments.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import django

DATA_DIR: Final = Path(tempfile.mkdtemp(prefix="fleetview-bench-"))
DATA_DIR.chmod(0o711)  # root's PostgreSQL runs as somebody else
os.environ["FLEETVIEW_DATA_DIR"] = str(DATA_DIR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from bench.server import running_postgres  # noqa: E402
from reports.analysis.hotspots import HotspotFilter  # noqa: E402
from reports.analysis.hottest import list_hottest  # noqa: E402
from reports.analysis.ranking import By, Order, rank_hotspots  # noqa: E402
from reports.analysis.window import chosen_days, last_days  # noqa: E402
from reports.pages.hotspots import build_hotspots  # noqa: E402
from reports.rollups.heat import EPOCH, HALF_LIFE  # noqa: E402

NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAYS: Final = 28
TIMES: Final = 30
TABLES: Final = (
    *("node_state", "node_day", "node_resource", "node_resource_day", "resource", "resource_day", "resource_state"),
    *("resource_environment", "fleet_hour", "node_risk"),
)

# Hot is every tenth node, on a day of its own choice out of four; each has three resources of its fifty.
FILL: Final = (
    """
    INSERT INTO node_day (
        node_id, day, environment, tools, runs, failed, stale_catalog, corrected, changed, pending, unchanged,
        corrections, changes, failures, duration_seconds, heat, last_correction_at
    )
    SELECT
        node, %(now)s::date - ago, 'environment' || node %% 20, '{one}', 48, 0, 0, corrections, 0, 0, 48 - corrections,
        corrections, corrections, 0, 96,
        CASE WHEN corrections > 0 THEN %(half_lives)s - ago / 7.0 + log(2, corrections) END,
        CASE WHEN corrections > 0 THEN %(now)s - ago * interval '1 day' END
    FROM
        generate_series(1, %(nodes)s) AS node
        CROSS JOIN generate_series(0, %(days)s) AS ago
        CROSS JOIN LATERAL (
            SELECT
                CASE
                    WHEN node %% 10 = 0 AND hashint8(node * 1000 + ago) %% 4 = 0
                    THEN 1 + abs(hashint8(node * 31 + ago)) %% 8
                    ELSE 0
                END AS corrections
        ) AS drawn
    """,
    """
    INSERT INTO node_state (
        node_id, site, name, environment, tools, status, is_clock_wrong, first_seen_at, last_received_at, heat,
        last_correction_at
    )
    SELECT
        node_id, 'main', 'node' || node_id || '.example.net', min(environment), '{one}', 1, false,
        %(now)s - interval '1 year', %(now)s, ln(sum(power(2, heat - %(half_lives)s))) / ln(2) + %(half_lives)s,
        max(last_correction_at)
    FROM node_day GROUP BY node_id
    """,
    """
    INSERT INTO resource (id, type, title)
    SELECT number, 'File', '/etc/file' || number FROM generate_series(1, GREATEST(%(nodes)s / 5, 50)) AS number
    """,
    """
    INSERT INTO node_resource_day (
        node_id, resource_id, day, environment, changes, corrections, failures, first_change_at, last_change_at,
        last_correction_at, heat
    )
    SELECT
        node_id, 1 + (node_id * 7 + number * 13) %% GREATEST(%(nodes)s / 5, 50), day, environment, corrections,
        corrections, 0, last_correction_at, last_correction_at, last_correction_at, heat
    FROM node_day CROSS JOIN generate_series(1, 3) AS number
    WHERE corrections > 0
    """,
    """
    INSERT INTO node_resource (
        node_id, resource_id, changes, corrections, failures, first_change_at, last_change_at, last_correction_at, heat,
        pattern, evidence
    )
    SELECT
        node_id, resource_id, sum(changes), sum(corrections), 0, min(first_change_at), max(last_change_at),
        max(last_correction_at), max(heat), 1 + node_id %% 5, 'corrected now and then'
    FROM node_resource_day GROUP BY node_id, resource_id
    """,
    """
    INSERT INTO resource_day (
        resource_id, day, environment, nodes, corrected_nodes, changes, corrections, failures, heat, last_correction_at
    )
    SELECT
        resource_id, day, environment, count(*), count(*), sum(changes), sum(corrections), 0, max(heat),
        max(last_correction_at)
    FROM node_resource_day GROUP BY resource_id, day, environment
    """,
    """
    INSERT INTO resource_environment (resource_id, environment, corrections, heat, last_correction_at)
    SELECT resource_id, environment, sum(corrections), max(heat), max(last_correction_at)
    FROM resource_day GROUP BY resource_id, environment
    """,
    """
    INSERT INTO resource_state (resource_id, corrections, heat, last_correction_at)
    SELECT resource_id, sum(corrections), max(heat), max(last_correction_at)
    FROM resource_environment GROUP BY resource_id
    """,
    """
    INSERT INTO fleet_hour (hour, site, environment, tool, outcome, runs, corrections, duration_seconds)
    SELECT
        hour, 'main', 'environment' || environment, 'one', outcome, 100, CASE outcome WHEN 4 THEN 120 ELSE 0 END, 100
    FROM
        generate_series(%(now)s - %(days)s * interval '1 day', %(now)s, interval '1 hour') AS hour
        CROSS JOIN generate_series(0, 19) AS environment
        CROSS JOIN generate_series(1, 6) AS outcome
    """,
    """
    INSERT INTO node_risk (node_id, probability, reasons, foretold_at)
    SELECT node_id, abs(hashint8(node_id)) %% 1000 / 1000.0, '{"Corrected on 5 of its last 14 days."}', %(now)s
    FROM node_state
    """,
)


def questions() -> dict[str, Callable[[], object]]:
    """What is asked of each fleet."""
    week, past = HotspotFilter(last_days(7, NOW)), chosen_days(NOW - timedelta(days=20), NOW - timedelta(days=13), NOW)
    one = HotspotFilter(last_days(7, NOW), environment="environment10")
    return {
        "overview: ten hottest": lambda: list_hottest(NOW),
        "nodes, hottest first": lambda: rank_hotspots(By.NODE, week, now=NOW),
        "nodes of an environment": lambda: rank_hotspots(By.NODE, one, now=NOW),
        "nodes by risk": lambda: rank_hotspots(By.NODE, week, order=Order.RISK, now=NOW),
        "resources, hottest first": lambda: rank_hotspots(By.RESOURCE, week, now=NOW),
        "the page, by node": lambda: build_hotspots(QueryDict(""), NOW),
        "the page, by resource": lambda: build_hotspots(QueryDict("by=resource"), NOW),
        "the page, by environment": lambda: build_hotspots(QueryDict("by=environment"), NOW),
        "nodes, a week of the past": lambda: rank_hotspots(By.NODE, HotspotFilter(past), now=NOW),
        "resources, a week of the past": lambda: rank_hotspots(By.RESOURCE, HotspotFilter(past), now=NOW),
    }


def main() -> None:
    """Fill twice, ask the same, and print how much longer the large fleet takes."""
    small, large = (int(size) for size in sys.argv[1:3]) if len(sys.argv) > 2 else (1_000, 100_000)
    with running_postgres(DATA_DIR):
        connection.settings_dict["TEST"]["NAME"] = "fleetview_hotspots_bench"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            took = {size: _measure(size) for size in (small, large)}
        finally:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)
    print(f"\n{'median, ms':32}{small:>10,}{large:>10,} nodes   ratio")
    for name in questions():
        before, after = took[small][name], took[large][name]
        print(f"{name:32}{before * 1000:10.1f}{after * 1000:10.1f}{after / before:14.1f}")


def _measure(nodes: int) -> dict[str, float]:
    began = time.monotonic()
    asked: dict[str, Any] = {"nodes": nodes, "now": NOW, "days": DAYS - 1, "half_lives": (NOW - EPOCH) / HALF_LIFE}
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")
        for statement in FILL:
            cursor.execute(statement, asked)
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    print(f"{nodes:,} nodes written in {time.monotonic() - began:.0f} s", file=sys.stderr)
    return {name: _median(question) for name, question in questions().items()}


def _median(question: Callable[[], object]) -> float:
    question()
    return statistics.median(_time(question) for _ in range(TIMES))


def _time(question: Callable[[], object]) -> float:
    began = time.perf_counter()
    question()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
