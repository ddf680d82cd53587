"""Day rows in, verdict out: rows of the rollups, written as the recount would."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from reports.rollups.heat import EPOCH, HALF_LIFE
from reports.rollups.tables import NodeDay, NodeState
from reports.run import Outcome
from reports.store.ids import node_id
from reports.store.partitions import ensure_partitions
from reports.store.tables import Node, Run
from reports.store.weeks import week_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RUNS = UUID("5f0c7f0e-6a3d-4d62-8f0a-2f6f1c1d7c55")
DAY_COUNTS = (
    *("failed", "stale_catalog", "corrected", "changed", "pending", "unchanged"),  # runs
    *("corrections", "changes", "failures"),
)


def heat_of(corrections: float, *, at: datetime = NOW) -> float:
    """What the recount keeps for so many corrections at one moment."""
    return math.log2(corrections) + (at - EPOCH) / HALF_LIFE


def make_node(name: str, *, site: str = "main", **more: Any) -> int:  # noqa: ANN401 - any column
    """A node heard of ten minutes ago; everything else as named. Gives its id."""
    key = node_id(site, name)
    Node.objects.create(id=key, site=site, name=name, first_seen_at=NOW - timedelta(days=9), last_seen_at=NOW)
    plain: dict[str, Any] = {
        "environment": "production",
        "tools": ["one"],
        "status": Outcome.UNCHANGED,
        "first_seen_at": NOW - timedelta(days=9),
        "last_received_at": NOW - timedelta(minutes=10),
    }
    NodeState.objects.create(node_id=key, site=site, name=name, **{**plain, **more})
    return key


def make_day(key: int, *, days_ago: int = 0, **counts: int) -> None:
    """A day of a node: 48 runs, and what is named."""
    NodeDay.objects.create(
        node_id=key,
        day=(NOW - timedelta(days=days_ago)).date(),
        environment="production",
        tools=["one"],
        runs=48,
        duration_seconds=96.0,
        **{**dict.fromkeys(DAY_COUNTS, 0), **counts},
    )


def make_run(key: int, word: str, *, minutes_ago: float = 10, **more: Any) -> Run:  # noqa: ANN401 - any column
    """A kept run of three resources, known to tests by a word."""
    at = NOW - timedelta(minutes=minutes_ago)
    plain: dict[str, Any] = {
        "received_at": at + timedelta(seconds=20),
        "duration_ms": 2500,
        **dict.fromkeys(("changed", "failed", "skipped", "pending"), 0),
        "total": 3,
        "unchanged": 3,
        "outcome": Outcome.UNCHANGED,
        "richness": 1,
        "noop": False,
        "tool": "one",
        "environment": "production",
    }
    ensure_partitions([week_of(at)])
    return Run.objects.create(node_id=key, at=at, id=uuid5(RUNS, word), **{**plain, **more})
