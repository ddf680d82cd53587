"""What failed last?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.analysis.changes import ChangeLine, describe_changes
from reports.analysis.runs import RunLine, describe_runs
from reports.run import Outcome, Status
from reports.store.tables import Change, Run, RunDetail


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed run and why: the tool's own words for the whole run, or the first resource that failed, or neither."""

    run: RunLine
    message: str | None
    first_failed: ChangeLine | None


def list_newest_failures(now: datetime, *, days: int = 7, limit: int = 10) -> tuple[Failure, ...]:
    """Failed runs of the last `days` days, newest first: the first rows of the index over runs that did something.

    Why they failed is looked up by the keys of those few runs.
    """
    since = now - timedelta(days=days)
    runs = list(Run.objects.filter(outcome=Outcome.FAILED, at__gte=since).order_by("-at", "node_id")[:limit])
    keys = {
        "node_id__in": {run.node_id for run in runs},
        "at__in": {run.at for run in runs},
        "run_id__in": {run.id for run in runs},
    }
    messages = {
        (detail.node_id, detail.run_id): detail.message for detail in RunDetail.objects.filter(**keys).defer("logs")
    }
    failed = Change.objects.filter(**keys, status=Status.FAILED).order_by("node_id", "run_id", "ordinal")
    firsts = {(line.node_id, line.run_id): line for line in describe_changes(failed.distinct("node_id", "run_id"))}
    return tuple(
        Failure(line, messages.get((line.node_id, line.id)), firsts.get((line.node_id, line.id)))
        for line in describe_runs(runs)
    )
