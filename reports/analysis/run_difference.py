"""What is different in a run from the run before it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reports.analysis.run_neighbours import Neighbours
from reports.analysis.runs import RunLine, describe_run
from reports.store.tables import Node, Run, RunDetail


@dataclass(frozen=True, slots=True)
class RunDifference:
    """The last run of the same tool on the same node that ended before, and what it told.

    Runs that changed nothing keep neither timings nor the tool's version; so these are of the newest run before that
    kept them, which began at `kept_at` (None: none of the last twenty did).
    """

    before: RunLine
    is_other_machine: bool  # as the runs themselves tell it
    kept_at: datetime | None = None
    tool_version: str | None = None
    timings: Mapping[str, float] | None = None


def find_difference(row: Run, node: Node, neighbours: Neighbours) -> RunDifference | None:
    """None where no run before it ended. One query, by key."""
    before = neighbours.before
    if before is None:
        return None
    machines = {row.machine_id, before.machine_id} - {None}
    detail = _find_kept(neighbours)
    return RunDifference(
        before=describe_run(before, node),
        is_other_machine=len(machines) == 2,
        kept_at=detail.at if detail else None,
        tool_version=detail.tool_version if detail else None,
        timings=dict(detail.timings) if detail else None,
    )


def _find_kept(neighbours: Neighbours) -> RunDetail | None:
    ended = [run for run in neighbours.earlier if run.outcome is not None]
    details = RunDetail.objects.filter(
        node_id=ended[0].node_id, at__in=[run.at for run in ended], run_id__in=[run.id for run in ended]
    )
    return details.exclude(timings=[]).defer("logs", "message").order_by("-at").first()
