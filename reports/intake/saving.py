"""Have a batch stored and explained: all of it in one transaction, and where one report spoils it, without that one."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import Error, InterfaceError, OperationalError, transaction

from reports.drift.explaining import save_and_explain
from reports.errors import FleetviewError
from reports.intake import tables
from reports.intake.counting import add_up, kind_of, save_counts
from reports.intake.envelope import Envelope
from reports.intake.prepare import Prepared, Refused, Understood
from reports.intake.refused import refused_row
from reports.intake.sites import Sites
from reports.store.arrived import ArrivedInventory, ArrivedRun, Fate

logger = logging.getLogger(__name__)

# SQLSTATE classes that speak of the server's state and not of our rows: no connection, a failover to a read-only
# server, deadlock, disk full or too many connections, a lock not had, the server stopping or starting.
_PASSING_CLASSES: Final = frozenset({"08", "25", "40", "53", "55", "57"})
_PASSING_CODES: Final = frozenset({"42P01", "42703"})  # a table or column is missing: not migrated yet
_TOO_SLOW: Final = "57014"  # one statement was cancelled: fewer rows may do


class DatabaseGone(FleetviewError):
    """PostgreSQL cannot take anything now; the same batch is to be tried again later."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A report that the database has dealt with, and how it counts."""

    report: Prepared
    kind: str


def save(batch: Sequence[Prepared], sites: Sites, *, now: datetime) -> list[Settled]:
    """Store the batch. A report that cannot be stored is found by halving, and refused; DatabaseGone stores nothing."""
    try:
        return _save_whole(batch, sites, now=now)
    except Error as error:
        if is_passing(error):
            raise DatabaseGone(str(error).strip()) from error
        return _save_apart(batch, sites, now=now, problem=error)
    except Exception as error:
        logger.exception("A batch of %d could not be stored", len(batch))
        return _save_apart(batch, sites, now=now, problem=error)


def _save_apart(batch: Sequence[Prepared], sites: Sites, *, now: datetime, problem: Exception) -> list[Settled]:
    """The halves on their own, down to the one report that has the problem."""
    if len(batch) == 1:
        logger.error("Report %s could not be stored: %s", batch[0].spooled.id, problem)
        return _save_whole([_refuse(batch[0], problem)], sites, now=now)
    middle = len(batch) // 2
    return save(batch[:middle], sites, now=now) + save(batch[middle:], sites, now=now)


def is_passing(error: Error) -> bool:
    """Whether the same statement may well work later: the trouble is the server's, not ours."""
    code = getattr(error.__cause__, "pgcode", None)
    if code is None:
        return isinstance(error, (OperationalError, InterfaceError))
    return code in _PASSING_CODES or (code[:2] in _PASSING_CLASSES and code != _TOO_SLOW)


def _save_whole(batch: Sequence[Prepared], sites: Sites, *, now: datetime) -> list[Settled]:
    understood = [report for report in batch if isinstance(report, Understood)]
    refused = [report for report in batch if isinstance(report, Refused)]
    sites.learn(understood)
    runs = [run for report in understood for run in _arrived_runs(report, sites)]
    inventories = [inventory for report in understood for inventory in _arrived_inventories(report, sites)]
    with transaction.atomic():
        saved = save_and_explain(runs, inventories, now=now)
        settled = _settle(understood, saved.runs, saved.inventories) + [Settled(one, "refused") for one in refused]
        save_counts(add_up(_came_in(settled)))
        rows = [refused_row(one, now=now) for one in refused + [_in_part(one) for one in understood if one.reason]]
        tables.Refused.objects.bulk_create(rows, ignore_conflicts=True)
    return settled


def _came_in(settled: Iterable[Settled]) -> Iterator[tuple[Envelope, str]]:
    """What counts as come in: not what is read a second time."""
    for one in settled:
        if one.report.envelope and not one.report.spooled.is_again:
            yield one.report.envelope, one.kind


def _arrived_runs(report: Understood, sites: Sites) -> list[ArrivedRun]:
    envelope = report.envelope
    return [
        ArrivedRun(
            run,
            sites.site_of(envelope, run.organization),
            envelope.received_at,
            is_again=report.spooled.is_again,
        )
        for run in report.runs
    ]


def _arrived_inventories(report: Understood, sites: Sites) -> list[ArrivedInventory]:
    envelope = report.envelope
    return [
        ArrivedInventory(inventory, sites.site_of(envelope, inventory.organization), envelope.received_at)
        for inventory in report.inventories
    ]


def _settle(reports: Iterable[Understood], runs: Sequence[Fate], inventories: Sequence[Fate]) -> list[Settled]:
    """Each report with the fates of its own runs and inventories, which come in the order they were given in."""
    run_fates, inventory_fates = iter(runs), iter(inventories)
    return [
        Settled(
            report,
            kind_of([next(run_fates) for _ in report.runs] + [next(inventory_fates) for _ in report.inventories]),
        )
        for report in reports
    ]


def _refuse(report: Prepared, problem: Exception) -> Refused:
    return Refused(report.spooled, report.envelope, f"storing it failed: {type(problem).__name__}: {problem}".strip())


def _in_part(report: Understood) -> Refused:
    return Refused(report.spooled, report.envelope, f"refused in part: {report.reason}")
