"""Runs and inventories to save, of which a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from reports.run import Change, Counts, InSync, Inventory, Outcome, ResourceOutcome, Run, Status
from reports.store.arrived import ArrivedInventory, ArrivedRun, Saved
from reports.store.save import save_batch
from tests.said import explain

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
_RUNS = UUID("6a3f1c9e-0f0d-4a51-9a41-0c4f8f1d2b77")


def run_id(word: str) -> UUID:
    """The id of the run that a test calls by this word."""
    return uuid5(_RUNS, word)


def tell_run(word: str = "run", node: str = "web1", *, at: datetime = NOW, **more: Any) -> Run:  # noqa: ANN401
    """An unchanged run of two resources that took 2.5 seconds; everything else as named."""
    plain: dict[str, Any] = {
        "tool": "one",
        "ended_at": at + timedelta(seconds=2.5),
        "outcome": Outcome.UNCHANGED,
        "environment": "production",
        "counts": Counts(total=2, unchanged=2),
        "in_sync": (InSync("File", "/a"), InSync("File", "/b")),
    }
    return Run(run_id=run_id(word), node=node, started_at=at, **{**plain, **more})


def tell_change(title: str = "/etc/motd", **more: Any) -> ResourceOutcome:  # noqa: ANN401 - as many types as fields
    """A file of which one property was changed, and the agent says it was drift."""
    plain = {"property": "content", "old": "x", "new": "y", "status": Status.SUCCESS, "corrective": True}
    change = Change(**{**plain, **more})
    return ResourceOutcome("File", title, change.status, (change,), defined_at="site:7")


def tell_corrected(word: str = "run", node: str = "web1", **more: Any) -> Run:  # noqa: ANN401
    """A run that put one file right."""
    plain: dict[str, Any] = {
        "outcome": Outcome.CORRECTED,
        "resources": (tell_change(),),
        "counts": Counts(total=3, unchanged=2, changed=1),
    }
    return tell_run(word, node, **{**plain, **more})


def arrive(run: Run, *, site: str = "main", late: timedelta = timedelta(seconds=5)) -> ArrivedRun:
    """The run as it arrived so long after its start, explained."""
    return ArrivedRun(run, site, run.started_at + late, explain(run))


def save(*runs: Run, site: str = "main", now: datetime = NOW) -> Saved:
    """Save runs that arrived in time."""
    return save_batch([arrive(run, site=site) for run in runs], [], now=now)


def save_inventories(*inventories: Inventory, now: datetime = NOW) -> Saved:
    """Save inventories that arrived in time."""
    return save_batch([], [ArrivedInventory(one, "main", one.taken_at) for one in inventories], now=now)
