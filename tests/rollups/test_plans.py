"""The statements that run all day lean on the index that they say, at a size where it matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from reports.rollups import recount
from reports.rollups.fleet_events import FEWEST_NODES, GAP, LONGEST, REST, TIMES_USUAL
from reports.rollups.heat import EPOCH, HALF_LIFE, MOST_AN_HOUR
from reports.sql import load
from reports.store import save as store
from reports.store.ids import node_id, resource_id
from tests.store.telling import NOW, run_id, save, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
NODES = [node_id("main", f"web{number}") for number in range(20)]
SPAN: dict[str, Any] = {
    "node_ids": NODES,
    "days": [NOW.date()] * len(NODES),
    "begins": [NOW.replace(hour=0)] * len(NODES),
    "ends": [NOW.replace(hour=0) + timedelta(days=1)] * len(NODES),
}
PAIRS = {"node_ids": NODES, "resource_ids": [resource_id("File", "/etc/motd")] * len(NODES)}
RHYTHMS = {"node_ids": NODES, "tools": ["one"] * len(NODES), "untils": [NOW.timestamp()] * len(NODES)}
STRETCHES = {
    "resource_ids": [resource_id("File", f"/etc/{number}") for number in range(20)],
    "begins": [NOW - timedelta(days=1)] * 20,
    "ends": [NOW] * 20,
}
EVENT = {"gap": GAP, "rest": REST, "longest": LONGEST, "fewest": FEWEST_NODES, "times_usual": TIMES_USUAL}
HEAT = {"epoch": EPOCH, "half_life_seconds": HALF_LIFE.total_seconds(), "most_an_hour": MOST_AN_HOUR}


@pytest.fixture(autouse=True)
def many_runs() -> Iterator[None]:
    """Some thousand runs in two weeks, a third of them with a correction, and a planner that knows."""
    save(
        *(
            tell_run(f"run {number}", f"web{number % 200}", at=NOW - timedelta(minutes=5 * number))
            for number in range(4000)
        ),
        *(
            tell_corrected(
                f"corrected {number}",
                f"web{number % 200}",
                at=NOW - timedelta(minutes=5 * number),
                resources=(tell_change(f"/etc/{number % 50}"),),
            )
            for number in range(2000)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield


def plan(statement: str, parameters: dict[str, Any]) -> str:
    """How PostgreSQL would go about it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("name", "parameters", "index"),
    [
        ("recount_node_day", {**SPAN, **HEAT}, "run_2026w47_pkey"),
        ("recount_node_state", {"node_ids": NODES}, "run_2026w47_pkey"),
        ("recount_fleet_hour", {"hours": [NOW]}, "run_2026w47_at_idx"),
    ],
)
def test_a_recount_reads_no_more_runs_than_it_counts(name: str, parameters: dict[str, Any], index: str) -> None:
    planned = plan(load(recount.__file__, name), parameters)
    assert index in planned
    assert "Seq Scan on run_2026w47" not in planned


@pytest.mark.parametrize(
    ("name", "parameters", "index"),
    [
        (
            "find_shaken",
            {"node_ids": NODES, "sinces": [NOW] * len(NODES)},
            "((node_id = stale.node_id) AND (at >= stale.since))",
        ),
        ("list_acts", {**PAIRS, "most": 64}, "change_2026w47_node_id_resource_id_at_idx"),
        ("list_runs_before", {**RHYTHMS, "most": 96, "within": timedelta(days=60)}, "run_2026w47_pkey"),
        ("recount_fleet_event", {**STRETCHES, **EVENT}, "change_2026w47_resource_id_at_idx"),
    ],
)
def test_patterns_and_events_read_no_more_than_they_look_at(name: str, parameters: dict[str, Any], index: str) -> None:
    planned = plan(load(recount.__file__, name), parameters)
    assert index in planned
    assert "Seq Scan on change_2026w47" not in planned
    assert "Seq Scan on run_2026w47" not in planned


def test_known_runs_are_looked_up_by_id() -> None:
    ids = [str(run_id(f"run {number}")) for number in range(9)]
    planned = plan(load(store.__file__, "find_known_runs"), {"ids": ids})
    assert "run_2026w47_id_idx" in planned
    assert "Seq Scan on run_2026w47" not in planned
