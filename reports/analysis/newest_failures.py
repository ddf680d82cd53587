"""What failed last?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.analysis.changes import ChangeLine, describe_changes
from reports.analysis.runs import RunLine, describe_runs
from reports.run import Outcome, Status
from reports.store.tables import Change, Run, RunDetail

LOOKED_AT = 100  # failed runs; what one node failed over and over stands in one line


@dataclass(frozen=True, slots=True)
class Failure:
    """The newest failed run of a node, and why: what the tool says of the whole run, or the first resource that failed.

    `earlier` is how many more runs of the node there are among the failed ones looked at.
    """

    run: RunLine
    earlier: int
    message: str | None
    first_failed: ChangeLine | None


def list_newest_failures(now: datetime, *, days: int = 7, limit: int = 10) -> tuple[Failure, ...]:
    """The nodes that failed within the last `days` days, newest first.

    Reads the first rows of the index over runs that did something; why they failed is looked up by key.
    """
    failed = list(
        Run.objects.filter(outcome=Outcome.FAILED, at__gte=now - timedelta(days=days)).order_by("-at", "node_id")[
            :LOOKED_AT
        ]
    )
    counts = Counter(run.node_id for run in failed)
    newest = list({run.node_id: run for run in reversed(failed)}.values())
    newest.sort(key=lambda run: run.at, reverse=True)
    return _explain(newest[:limit], counts)


def _explain(runs: Sequence[Run], counts: Counter[int]) -> tuple[Failure, ...]:
    keys = {
        "node_id__in": {run.node_id for run in runs},
        "at__in": {run.at for run in runs},
        "run_id__in": {run.id for run in runs},
    }
    messages = {detail.node_id: detail.message for detail in RunDetail.objects.filter(**keys).defer("logs")}
    failed = Change.objects.filter(**keys, status=Status.FAILED).order_by("node_id", "ordinal")
    firsts = {line.node_id: line for line in describe_changes(failed.distinct("node_id"))}
    return tuple(
        Failure(line, counts[line.node_id] - 1, messages.get(line.node_id), firsts.get(line.node_id))
        for line in describe_runs(runs)
    )
