"""Sends the stored reports of a corpus the way that reports go, as far as their causes, and takes all of it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from django.db import transaction

from reports.adapters.contract import Adapter
from reports.adapters.corpora import Pass, StoredReport, Truth
from reports.drift.explaining import save_and_explain
from reports.drift.stale import explain_stale
from reports.run import Cause, CauseSource, Run, Status
from reports.scoring.tally import Judged
from reports.store.arrived import ArrivedInventory, ArrivedRun, Fate, order
from reports.store.ids import node_id
from reports.store.resource_sets import KNOWN
from reports.store.tables import Change

SITE: Final = "scored causes"  # no sender's: what is stored for real is neither seen nor touched
_BATCH: Final = 50  # reports in one batch, as a drain may have it

Place: TypeAlias = tuple[int, UUID, int]  # node, run, place in the run


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one change, by the report that tells it."""

    truth: Truth | None
    place: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports as the store takes them, and what is known of the changes of each run."""

    runs: list[ArrivedRun] = field(default_factory=list)
    inventories: list[ArrivedInventory] = field(default_factory=list)
    known: list[dict[Place, Known]] = field(default_factory=list)  # for each of `runs`


def play(adapter: Adapter, one: Pass) -> list[Judged]:
    """Every change that was made in a pass, with its truth and with its cause as the tables had it in the end.

    One transaction, which is rolled back: nothing stays, not even a partition. What time has passed since the reports
    were made does not matter: the newest of them is taken to be of now.
    """
    batches = [*_batches(adapter, one)]
    moments = [order(run.run.started_at, run.received_at).at for batch in batches for run in batch.runs]
    if not moments:
        return []
    try:
        with transaction.atomic():
            known = _save(batches, now=max(moments))
            judged = [*_judge(known)]
            transaction.set_rollback(True)
    finally:
        KNOWN.forget()  # what this process remembers to have stored is gone again
    return judged


def _batches(adapter: Adapter, one: Pass) -> Iterator[Batch]:
    for begin in range(0, len(one.reports), _BATCH):
        batch = Batch()
        for report in one.reports[begin : begin + _BATCH]:
            _read(adapter, report, batch)
        yield batch


def _read(adapter: Adapter, report: StoredReport, batch: Batch) -> None:
    reading = adapter.read(report.read())
    for run in reading.runs:
        batch.runs.append(ArrivedRun(run, _site(run.organization), report.received_at))
        batch.known.append(dict(_known(run, report)))
    batch.inventories.extend(
        ArrivedInventory(inventory, _site(inventory.organization), report.received_at)
        for inventory in reading.inventories
    )


def _site(organization: str | None) -> str:
    return f"{SITE} {organization}" if organization else SITE


def _known(run: Run, report: StoredReport) -> Iterator[tuple[Place, Known]]:
    node = node_id(_site(run.organization), run.node)
    changes = ((resource, change) for resource in run.resources for change in resource.changes)
    for ordinal, (resource, change) in enumerate(changes):
        if change.status is Status.SUCCESS:
            place = f"{report.file.parent.name}/{report.file.name} {resource.type}[{resource.title}] {change.property}"
            yield (node, run.run_id, ordinal), Known(report.truth(run, resource, change), place)


def _save(batches: Sequence[Batch], *, now: datetime) -> dict[Place, Known]:
    """Save batch by batch; what is known of the changes that are stored in the end."""
    known: dict[tuple[int, UUID], dict[Place, Known]] = {}
    for batch in batches:
        saved = save_and_explain(batch.runs, batch.inventories, now=now)
        for arrived, fate, of_run in zip(batch.runs, saved.runs, batch.known, strict=True):
            if fate in (Fate.NEW, Fate.REPLACED):
                known[node_id(arrived.site, arrived.run.node), arrived.run.run_id] = of_run
    while explain_stale(now).nodes:
        pass
    return {place: one for of_run in known.values() for place, one in of_run.items()}


def _judge(known: dict[Place, Known]) -> Iterator[Judged]:
    nodes = {node for node, *_ in known}
    stored = Change.objects.filter(node_id__in=nodes, status=Status.SUCCESS).order_by("at", "run_id", "ordinal")
    rows = stored.values_list("node_id", "run_id", "ordinal", "cause", "cause_source")
    for node, run_id, ordinal, cause, source in rows:
        truth, place = known[node, run_id, ordinal].truth, known[node, run_id, ordinal].place
        yield Judged(truth, Cause(cause), None if source is None else CauseSource(source), place)
