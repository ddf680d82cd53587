"""Nodes and resources with corrections on certain days, as the recount would leave them in every table."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid5

from reports.rollups.recount import recount_stale
from reports.run import Change, Counts, Outcome, ResourceOutcome, Run, Status
from reports.store.arrived import ArrivedRun
from reports.store.save import save_batch
from tests.analysis.conftest import NOW, RUNS
from tests.said import explain


def tell(
    node: str, *titles: str, hours_ago: float = 1, environment: str | None = "production", tool: str = "one"
) -> Run:
    """A run that corrected these files; none: that found all as it should be."""
    at = NOW - timedelta(hours=hours_ago)
    return Run(
        run_id=uuid5(RUNS, f"{node} {titles} {hours_ago} {tool}"),
        tool=tool,
        node=node,
        started_at=at,
        ended_at=at + timedelta(seconds=3),
        outcome=Outcome.CORRECTED if titles else Outcome.UNCHANGED,
        environment=environment,
        counts=Counts(total=9, unchanged=9 - len(titles), changed=len(titles)),
        resources=tuple(_corrected(title) for title in titles),
    )


def keep(*runs: Run, site: str = "main") -> None:
    """Save these runs and count them."""
    save_batch(
        [ArrivedRun(run, site, run.started_at + timedelta(seconds=5), explain(run)) for run in runs], [], now=NOW
    )
    while (counted := recount_stale(NOW)).days or counted.hours:
        pass


def _corrected(title: str) -> ResourceOutcome:
    change = Change("mode", "0600", "0644", Status.SUCCESS, corrective=True)
    return ResourceOutcome("File", title, Status.SUCCESS, (change,))
