"""What does it cost to foretell a fleet, and to test that on past weeks? `python -m bench.foretelling --nodes 10000`.

Writes counts straight into the database of the settings, emptied before: give it a FLEETVIEW_DATA_DIR of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.server import running_postgres  # noqa: E402
from reports.risk.backtest import backtest  # noqa: E402
from reports.risk.foretell import WINDOW_DAYS, foretell  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NODES = """
INSERT INTO node_state (node_id, site, name, environment, role, tools, is_clock_wrong, first_seen_at, last_received_at)
SELECT
    number, 'main', 'node' || number, 'environment' || number %% 3, 'role' || number %% 20, '{one}', false,
    %(now)s::timestamptz - interval '1 year', %(now)s
FROM
    generate_series(1, %(nodes)s) AS number
"""
DAYS = """
INSERT INTO node_day (
    node_id, day, environment, tools, runs, failed, stale_catalog, corrected, changed, pending, unchanged, corrections,
    changes, failures, duration_seconds
)
SELECT
    number, %(now)s::date - ago, 'environment', '{one}', 48, hashint8(number * 1000 + ago) %% 200 / 199, 0, 0, 0, 0, 48,
    GREATEST(hashint8(number * 7919 + ago) %% 10 + number %% 3 - 9, 0), 0, 0, 96
FROM
    generate_series(1, %(nodes)s) AS number
    CROSS JOIN generate_series(0, %(days)s) AS ago
"""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.foretelling", description=__doc__)
    parser.add_argument("--nodes", type=int, default=10_000)
    wanted = parser.parse_args()
    with running_postgres(settings.FLEETVIEW_DATA_DIR):
        call_command("migrate", verbosity=0)
        call_command("flush", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(NODES, {"now": NOW, "nodes": wanted.nodes})
            cursor.execute(DAYS, {"now": NOW, "nodes": wanted.nodes, "days": WINDOW_DAYS + 56})
            cursor.execute("VACUUM ANALYZE node_day, node_state")
        _time("foretell", lambda: foretell(NOW))
        _time("foretell again", lambda: foretell(NOW))
        _time("backtest of 8 weeks", lambda: backtest(NOW))
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _time(name: str, work: Callable[[], object]) -> None:
    began, cpu = time.monotonic(), time.process_time()
    work()
    print(f"{name:24}{time.monotonic() - began:8.1f} s, of it our own CPU {time.process_time() - cpu:6.1f} s")


if __name__ == "__main__":
    main()
