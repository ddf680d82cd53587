"""Save a batch of runs and inventories in one transaction: all of it or nothing, and each run once.

Whatever can be worked out without the database is worked out first; then the nodes are locked, in the order of their
ids, and stay so until the commit. That lock is why what is read here of a node cannot change under our feet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from reports.sql import load
from reports.store.arrived import ArrivedInventory, ArrivedRun, Fate, Saved
from reports.store.copying import copy_rows
from reports.store.inventories import PlacedInventory, place_inventory, save_inventories
from reports.store.lives import Sighting, save_lives
from reports.store.marks import Moment, mark_stale
from reports.store.nodes import Seen, save_nodes
from reports.store.partitions import ensure_partitions
from reports.store.resource_sets import KNOWN, FoundSets, save_sets
from reports.store.retention import oldest_welcome_at
from reports.store.rows import CHANGE_COLUMNS, DETAIL_COLUMNS, RUN_COLUMNS, PlacedRun, RunRows, make_rows, place
from reports.store.touched import Touched, Trace, find_touched
from reports.store.weeks import week_of
from reports.store.weigh import RunKey, StoredRun, Weighed, weigh

_FIND_KNOWN = load(__file__, "find_known_runs")
_DELETE = load(__file__, "delete_runs")

Explain: TypeAlias = Callable[[Touched], Collection[Moment]]


def save_batch(
    runs: Sequence[ArrivedRun],
    inventories: Sequence[ArrivedInventory],
    *,
    now: datetime | None = None,
    explain: Explain | None = None,
) -> Saved:
    """Save what is new, keep the richer of two reports of one run, and say what became of each.

    `now` is the moment from which retention counts back; None: this one. What is older is not stored (Fate.TOO_OLD).
    `explain` is told what was touched, while its nodes are locked, and gives the moments that it makes stale in its
    turn; called from here, because marking comes last (marks.py). None: changes stay as unexplained as they came.
    Inside a transaction of the caller's this is part of it.
    """
    now = now or datetime.now(UTC)
    oldest = oldest_welcome_at(now)
    KNOWN.begin(now.date())
    placed, told = [place(run) for run in runs], [place_inventory(one) for one in inventories]
    welcome, told_lately = [run for run in placed if run.at >= oldest], [one for one in told if one.at >= oldest]
    found = FoundSets()
    rows = [make_rows(run, found.find(run.arrived.run)) for run in welcome]
    ensure_partitions({week_of(run.at) for run in welcome} | {week_of(one.at) for one in told_lately})
    with transaction.atomic(), connection.cursor() as cursor:
        new_nodes = save_nodes(cursor, chain(map(_seen_run, welcome), map(_seen_inventory, told_lately)))
        weighed = weigh(welcome, _find_known(cursor, welcome))
        kept = [rows[index] for index in weighed.kept]
        save_sets(cursor, found, day=now.date())
        gone = _replace(cursor, weighed, kept)
        born = save_lives(cursor, [*_sightings(welcome, told_lately)])
        inventories_saved = save_inventories(cursor, told_lately)
        moments = {rows.placed.moment for rows in kept} | {stored.moment for stored in weighed.replaced}
        if explain is not None:
            others = [*born, *(stored.moment for stored in weighed.replaced)]
            moments.update(explain(find_touched(cursor, kept, gone, others)))
        others_stale = [*inventories_saved.new_roles, *(Moment(node, now) for node in new_nodes)]
        mark_stale(cursor, [*moments, *others_stale], [moment.at for moment in moments])
        transaction.on_commit(partial(KNOWN.learn, found))
    return Saved(
        runs=_fates(placed, welcome, weighed.fates), inventories=_fates(told, told_lately, inventories_saved.fates)
    )


def _find_known(cursor: CursorWrapper, runs: Sequence[PlacedRun]) -> dict[RunKey, StoredRun]:
    if not runs:
        return {}
    cursor.execute(_FIND_KNOWN, {"ids": sorted({str(run.arrived.run.run_id) for run in runs})})
    return {stored.key: stored for stored in (StoredRun(*row) for row in cursor.fetchall())}


def _replace(cursor: CursorWrapper, weighed: Weighed, kept: Sequence[RunRows]) -> list[Trace]:
    """Take out what has to go, and write what is to be kept; the changes that went."""
    traces: list[Trace] = []
    if gone := weighed.replaced:
        columns: dict[str, Any] = {
            "node_ids": [stored.node_id for stored in gone],
            "ats": [stored.at for stored in gone],
            "run_ids": [str(stored.run_id) for stored in gone],
        }
        cursor.execute(_DELETE, columns)
        traces = [Trace(*row) for row in cursor.fetchall()]
    copy_rows(cursor, "run", RUN_COLUMNS, (rows.run for rows in kept))
    copy_rows(cursor, "run_detail", DETAIL_COLUMNS, chain.from_iterable(rows.details for rows in kept))
    copy_rows(cursor, "change", CHANGE_COLUMNS, chain.from_iterable(rows.changes for rows in kept))
    return traces


def _seen_run(placed: PlacedRun) -> Seen:
    arrived = placed.arrived
    return Seen(placed.node_id, arrived.site, arrived.run.node, placed.at, arrived.received_at)


def _seen_inventory(placed: PlacedInventory) -> Seen:
    arrived = placed.arrived
    return Seen(placed.node_id, arrived.site, arrived.inventory.node, placed.at, arrived.received_at)


def _sightings(runs: Iterable[PlacedRun], inventories: Iterable[PlacedInventory]) -> Iterator[Sighting]:
    for run in runs:
        if run.arrived.run.machine is not None:
            yield Sighting(run.node_id, run.arrived.run.tool, run.at, run.arrived.run.machine)
    for one in inventories:
        if one.arrived.inventory.machine is not None:
            yield Sighting(one.node_id, one.arrived.inventory.tool, one.at, one.arrived.inventory.machine)


def _fates(everything: Sequence[object], welcome: Sequence[object], fates: Sequence[Fate]) -> tuple[Fate, ...]:
    """The fates in the order of arrival, with those of the ones that were too old to be looked at."""
    told = dict(zip(map(id, welcome), fates, strict=True))
    return tuple(told.get(id(one), Fate.TOO_OLD) for one in everything)
