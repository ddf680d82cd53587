"""Save a batch of runs and inventories in one transaction: all of it or nothing, and each run once.

Whatever can be worked out without the database is worked out first; then the nodes are locked, in the order of their
ids, and stay so until the commit. That lock is why what is read here of a node cannot change under our feet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

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
from reports.store.weeks import week_of
from reports.store.weigh import RunKey, StoredRun, Weighed, weigh

_FIND_KNOWN = load(__file__, "find_known_runs")
_DELETE = load(__file__, "delete_runs")


def save_batch(
    runs: Sequence[ArrivedRun], inventories: Sequence[ArrivedInventory], *, now: datetime | None = None
) -> Saved:
    """Save what is new, keep the richer of two reports of one run, and say what became of each.

    `now` is the moment from which retention counts back; None: this one. What is older is not stored (Fate.TOO_OLD).
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
        _replace(cursor, weighed, kept)
        save_lives(cursor, [*_sightings(welcome, told_lately)])
        inventory_fates = save_inventories(cursor, told_lately)
        _mark(cursor, weighed, kept, new_nodes=new_nodes, now=now)
        transaction.on_commit(partial(KNOWN.learn, found))
    return Saved(runs=_fates(placed, welcome, weighed.fates), inventories=_fates(told, told_lately, inventory_fates))


def _find_known(cursor: CursorWrapper, runs: Sequence[PlacedRun]) -> dict[RunKey, StoredRun]:
    if not runs:
        return {}
    cursor.execute(_FIND_KNOWN, {"ids": sorted({str(run.arrived.run.run_id) for run in runs})})
    return {stored.key: stored for stored in (StoredRun(*row) for row in cursor.fetchall())}


def _replace(cursor: CursorWrapper, weighed: Weighed, kept: Sequence[RunRows]) -> None:
    """Take out what has to go, and write what is to be kept."""
    if gone := weighed.replaced:
        columns: dict[str, Any] = {
            "node_ids": [stored.node_id for stored in gone],
            "ats": [stored.at for stored in gone],
            "run_ids": [str(stored.run_id) for stored in gone],
        }
        cursor.execute(_DELETE, columns)
    copy_rows(cursor, "run", RUN_COLUMNS, (rows.run for rows in kept))
    copy_rows(cursor, "run_detail", DETAIL_COLUMNS, chain.from_iterable(rows.details for rows in kept))
    copy_rows(cursor, "change", CHANGE_COLUMNS, chain.from_iterable(rows.changes for rows in kept))


def _mark(
    cursor: CursorWrapper, weighed: Weighed, kept: Sequence[RunRows], *, new_nodes: Iterable[int], now: datetime
) -> None:
    """What was written, what was taken out, and nodes never seen before, so that each is listed even without a run."""
    moments = [Moment(rows.placed.node_id, rows.placed.at) for rows in kept]
    moments += [Moment(stored.node_id, stored.at) for stored in weighed.replaced]
    mark_stale(cursor, [*moments, *(Moment(node, now) for node in new_nodes)], [moment.at for moment in moments])


def _seen_run(placed: PlacedRun) -> Seen:
    arrived = placed.arrived
    return Seen(placed.node_id, arrived.site, arrived.run.node, placed.at, arrived.received_at)


def _seen_inventory(placed: PlacedInventory) -> Seen:
    arrived = placed.arrived
    return Seen(placed.node_id, arrived.site, arrived.inventory.node, placed.at, arrived.received_at)


def _sightings(runs: Iterable[PlacedRun], inventories: Iterable[PlacedInventory]) -> Iterator[Sighting]:
    for run in runs:
        if run.arrived.run.machine is not None:
            yield Sighting(run.node_id, run.at, run.arrived.run.machine)
    for one in inventories:
        if one.arrived.inventory.machine is not None:
            yield Sighting(one.node_id, one.at, one.arrived.inventory.machine)


def _fates(everything: Sequence[object], welcome: Sequence[object], fates: Sequence[Fate]) -> tuple[Fate, ...]:
    """The fates in the order of arrival, with those of the ones that were too old to be looked at."""
    told = dict(zip(map(id, welcome), fates, strict=True))
    return tuple(told.get(id(one), Fate.TOO_OLD) for one in everything)
