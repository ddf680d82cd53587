"""What a run costs on disk, and how quickly it is stored: `python -m bench.storage [RUNS]`.

Unchanged runs of 1,000 nodes, one every half hour, of 300 resources each, are saved in batches of 500 and recounted as
a drain does, into a database made for it (on the server of FLEETVIEW_DATABASE_URL, or an embedded one) and dropped
again. The nodes report in another order in every round; a tenth of them have some resources of their own.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

import django

DATA_DIR: Final = Path(tempfile.mkdtemp(prefix="fleetview-bench-"))
DATA_DIR.chmod(0o711)  # root's PostgreSQL runs as somebody else
os.environ["FLEETVIEW_DATA_DIR"] = str(DATA_DIR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.db import connection  # noqa: E402

from bench.processes import cpu_seconds  # noqa: E402
from bench.server import running_postgres  # noqa: E402
from reports.drift.explaining import save_and_explain  # noqa: E402
from reports.rollups.recount import recount_stale  # noqa: E402
from reports.run import Counts, InSync, Outcome, Run  # noqa: E402
from reports.store.arrived import ArrivedRun  # noqa: E402

NODES: Final = 1000
RESOURCES: Final = 300
OWN_RESOURCES: Final = 10
BATCH: Final = 500
SIZES: Final = """
    SELECT
        regexp_replace(relname, '_[0-9]{4}w[0-9]{2}$', '') AS name,
        sum(pg_table_size(oid))::bigint,
        sum(pg_indexes_size(oid))::bigint
    FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^(auth|django)_'
    GROUP BY 1
    HAVING sum(pg_total_relation_size(oid)) > 65536
    ORDER BY sum(pg_total_relation_size(oid)) DESC
"""
INDEX_SIZES: Final = """
    SELECT regexp_replace(relname, '_[0-9]{4}w[0-9]{2}_', '_') AS name, sum(pg_relation_size(oid))::bigint
    FROM pg_class WHERE relkind = 'i' AND relname ~ '^run_[0-9]{4}w' GROUP BY 1 ORDER BY 2 DESC
"""


@dataclass(slots=True)
class Spent:
    """CPU seconds of this process and of PostgreSQL's, by what they were spent on."""

    saving: float = 0.0
    recounting: float = 0.0
    saving_there: float = 0.0
    recounting_there: float = 0.0


def main() -> None:
    """Save, recount, and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with running_postgres(DATA_DIR):
        connection.settings_dict["TEST"]["NAME"] = "fleetview_storage_bench"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            began = time.monotonic()
            spent = _fill(count)
            _print_times(count, spent, time.monotonic() - began)
            _print_sizes(count)
        finally:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def _fill(count: int) -> Spent:
    spent, backend = Spent(), _backend()
    runs = _runs(count)
    while batch := [*islice(runs, BATCH)]:
        start, start_there = time.process_time(), cpu_seconds(backend)
        save_and_explain(batch, [], now=batch[-1].received_at)
        middle, middle_there = time.process_time(), cpu_seconds(backend)
        recount_stale(batch[-1].received_at, hour_patience=timedelta(seconds=30))
        end, end_there = time.process_time(), cpu_seconds(backend)
        spent.saving += middle - start
        spent.saving_there += middle_there - start_there
        spent.recounting += end - middle
        spent.recounting_there += end_there - middle_there
    recount_stale(datetime.now(UTC))
    return spent


def _runs(count: int) -> Iterator[ArrivedRun]:
    """Rounds of half an hour; the last one is now."""
    chance = random.Random(7)
    usual = [_resources(0), *(_resources(node) for node in range(1, NODES // 10 + 1))]
    nodes = [*range(NODES)]
    began = datetime.now(UTC) - timedelta(minutes=30) * (count // NODES)
    for number in range(count):
        if number % NODES == 0:
            chance.shuffle(nodes)
        node = nodes[number % NODES]
        started_at = began + timedelta(minutes=30) * (number // NODES) + timedelta(seconds=1.8 * (number % NODES))
        run = Run(
            run_id=UUID(int=chance.getrandbits(128), version=4),
            tool="puppet",
            node=f"node{node:04}.example.net",
            started_at=started_at,
            ended_at=started_at + timedelta(seconds=12.5),
            outcome=Outcome.UNCHANGED,
            environment="production",
            code_version="1795471200",
            counts=Counts(total=RESOURCES, unchanged=RESOURCES),
            in_sync=usual[node if node < len(usual) else 0],
        )
        yield ArrivedRun(run, "main", started_at + timedelta(seconds=40))


def _resources(node: int) -> tuple[InSync, ...]:
    """A node's own resources are ten of its three hundred; node 0 stands for all that have none."""
    return tuple(
        InSync("File", f"/etc/application/conf.d/{node if number < OWN_RESOURCES else 0}-{number}.conf")
        for number in range(RESOURCES)
    )


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
    return pid


def _print_times(count: int, spent: Spent, seconds: float) -> None:
    print(f"{count} runs of {NODES} nodes in batches of {BATCH}: {count / seconds:.0f} a second\n")
    print(f"{'µs CPU a run':24}{'Python':>10}{'PostgreSQL':>12}")
    for name, here, there in (
        ("saving", spent.saving, spent.saving_there),
        ("recounting", spent.recounting, spent.recounting_there),
    ):
        print(f"{name:24}{here / count * 1e6:10.0f}{there / count * 1e6:12.0f}")


def _print_sizes(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does, in its own time
        cursor.execute(SIZES)
        rows = cursor.fetchall()
        cursor.execute(INDEX_SIZES)
        indexes = cursor.fetchall()
    print(f"\n{'bytes a run':24}{'rows':>10}{'indexes':>12}{'both':>8}")
    for name, table, index in (*rows, ("all", sum(row[1] for row in rows), sum(row[2] for row in rows))):
        print(f"{name:24}{table / count:10.1f}{index / count:12.1f}{(table + index) / count:8.1f}")
    print("\nindexes of run: " + ", ".join(f"{name} {size / count:.1f}" for name, size in indexes))


if __name__ == "__main__":
    main()
