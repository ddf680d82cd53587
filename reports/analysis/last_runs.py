"""What did the run count that gave each of these nodes its status?"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from reports.analysis.runs import RunCounts
from reports.rollups.tables import NodeState
from reports.sql import load

FIND_LAST_RUNS = load(__file__, "find_last_runs")


def find_last_counts(states: Sequence[NodeState]) -> dict[int, RunCounts]:
    """The counters of the newest finished run by node id; nodes without a kept one are left out.

    One descent of run's key a node, whatever the size of the fleet. (An IN over the three columns would try every
    combination of their values.)
    """
    keys = [(s.node_id, s.last_run_at, s.last_run_id) for s in states if s.last_run_at and s.last_run_id]
    if not keys:
        return {}
    node_ids, ats, ids = (list(column) for column in zip(*keys, strict=True))
    with connection.cursor() as database:
        database.execute(FIND_LAST_RUNS, {"node_ids": node_ids, "ats": ats, "ids": [str(one) for one in ids]})
        return {node_id: RunCounts(*counts) for node_id, *counts in database.fetchall()}
