"""Loads a simulated fleet into the database by the way that the drain takes, but without doors and spool."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Final

from bench.fleet.cast import node_of
from bench.fleet.oddities import tell_oddities
from bench.fleet.plan import Plan
from bench.fleet.telling import tell_node
from bench.fleet.wire.told import Told
from reports.adapters.discovery import doors
from reports.drift.stale import explain_stale
from reports.intake import setup
from reports.intake.chores import Chores
from reports.intake.copies import Copies
from reports.intake.envelope import Envelope, new_id
from reports.intake.prepare import Understood
from reports.intake.saving import save
from reports.intake.sites import Sites
from reports.intake.spool import Spooled
from reports.rollups.recount import recount_stale

_BATCH: Final = 400  # reports in one transaction
_NODES_AT_ONCE: Final = 500
_DAYS_AT_ONCE: Final = 20_000
_SENDER: Final = "simulator"
_NO_TOKEN: Final = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many reports were stored, of how many bytes, and the CPU seconds that telling, reading and storing took."""

    reports: int
    size: int
    telling: float
    reading: float
    storing: float

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.reports + other.reports,
            self.size + other.size,
            self.telling + other.telling,
            self.reading + other.reading,
            self.storing + other.storing,
        )


def load_nodes(plan: Plan, numbers: Iterable[int]) -> Loaded:
    """Store all reports of these nodes, node after node, in batches; the counts are left stale: see `finish`.

    RuntimeError where a report is refused: a simulated fleet is understood completely. One from before the time for
    which runs are kept is left out.
    """
    return _load_all(plan, chain.from_iterable(tell_node(plan, node_of(plan, number)) for number in numbers))


def load_oddities(plan: Plan) -> Loaded:
    """Store all reports of the odd nodes in the same way."""
    return _load_all(plan, tell_oddities(plan))


def _load_all(plan: Plan, stream: Iterator[Told]) -> Loaded:
    total = Loaded(0, 0, 0.0, 0.0, 0.0)
    sites = Sites()
    gc.disable()
    try:
        while True:
            started = time.process_time()
            batch = [*islice(stream, _BATCH)]
            if not batch:
                return total
            total += _load(batch, sites, now=plan.until, telling=time.process_time() - started)
            gc.collect(0)
    finally:
        gc.enable()


def finish(now: datetime) -> None:
    """What a drain does once its spool is empty: everything that went stale is told and counted again.

    In larger portions than a drain's: a portion counts a day of a resource over all nodes, and whole years are stale.
    """
    while explain_stale(now, limit=_NODES_AT_ONCE).nodes:
        pass
    while recount_stale(now, limit=_DAYS_AT_ONCE).days:
        pass
    spool = setup.spool()
    Chores(spool, Copies(spool.folder / "copies"), setup.senders_file()).finish(now)


def _load(batch: list[Told], sites: Sites, *, now: datetime, telling: float) -> Loaded:
    started = time.process_time()
    understood = [*_understand(batch)]
    read = time.process_time()
    settled = save(understood, sites, now=now)
    ended = time.process_time()
    refused = [one for one in settled if one.kind == "refused"]
    if refused:
        raise RuntimeError(f"{len(refused)} reports were refused, the first of them: {refused[0].report.reason}")
    size = sum(len(told.report.body) for told in batch)
    return Loaded(len(batch), size, telling, read - started, ended - read)


def _understand(batch: Iterable[Told]) -> Iterator[Understood]:
    for told in batch:
        report = told.report
        adapter, _ = doors()[report.door]
        reading = adapter.read(report)
        if reading.refusals:
            raise RuntimeError(f"a simulated report was refused: {reading.refusals[0]}")
        name, size = new_id(), len(report.body)
        received_ns = int(report.received_at.timestamp()) * 1_000_000_000
        envelope = Envelope(
            id=name,
            door=report.door,
            sender=_SENDER,
            token_id=_NO_TOKEN,
            received_at=report.received_at,
            query=report.query,
            headers=report.headers,
            size=size,
        )
        spooled = Spooled(received_ns, name, size, size)
        yield Understood(spooled, envelope, report.body, reading.runs, reading.inventories)
