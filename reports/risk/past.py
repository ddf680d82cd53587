"""The past days of the whole fleet, out of the counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from django.db import connection

from reports.risk.fleet_days import Codes, Flags, FleetDays, Group, Numbers, number_groups
from reports.rollups.tables import NodeState
from reports.sql import load

LIST_DAYS = load(__file__, "list_days")
LIST_CORRECTIONS = load(__file__, "list_corrections")

_BLOCK = 63  # days in a number, see list_days.sql


@dataclass(frozen=True, slots=True)
class Window:
    """UTC days from `since` on, up to and without `until`."""

    since: date
    until: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.until - self.since).days


def read_past(window: Window, *, now: datetime) -> FleetDays:
    """Every node there is, and its days from when the fleet began to report. Outside of the window nothing is read.

    Costs one pass over the window's rows of node_day; what comes back is two rows a node and eighteen weeks. Where
    environment or role have changed, the present ones stand for the past, too.
    """
    states = list(NodeState.objects.order_by("node_id").values_list("node_id", "environment", "role"))
    node_ids = np.array([node_id for node_id, _, _ in states], dtype=np.int64)
    group_of, groups = number_groups([Group(environment, role) for _, environment, role in states])
    ran, corrected, failed = _read_days(window, node_ids)
    fleet = FleetDays(
        node_ids=node_ids,
        group_of=group_of,
        groups=groups,
        first_day=window.since,
        ran=ran,
        corrected=corrected,
        failed=failed,
        elapsed=_elapsed(window, now),
    )
    return fleet.without_prehistory()


def read_corrections(window: Window, node_ids: Codes) -> Numbers:
    """Corrections by node and day."""
    counts = np.zeros((len(node_ids), window.length))
    rows = _ask(LIST_CORRECTIONS, window)
    if len(rows):
        places, known = _places(rows[:, 0], node_ids)
        counts[places[known], rows[known, 1]] = rows[known, 2]
    return counts


def _read_days(window: Window, node_ids: Codes) -> tuple[Flags, Flags, Flags]:
    """By node and day: ran, corrected, failed."""
    blocks = -(-window.length // _BLOCK)
    numbers = np.zeros((3, len(node_ids), blocks), dtype="<i8")
    rows = _ask(LIST_DAYS, window)
    if len(rows):
        places, known = _places(rows[:, 0], node_ids)
        numbers[:, places[known], rows[known, 1]] = rows[known, 2:].T
    bits = np.unpackbits(numbers.view(np.uint8), axis=2, bitorder="little").astype(np.bool_)
    days = bits.reshape(3, len(node_ids), blocks, 64)[..., :_BLOCK].reshape(3, len(node_ids), blocks * _BLOCK)
    ran, corrected, failed = days[:, :, : window.length]
    return ran, corrected, failed


def _ask(statement: str, window: Window) -> Codes:
    """The rows of a statement, all of them whole numbers, the first one the node."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": window.since, "until": window.until})
        return np.array(cursor.fetchall(), dtype=np.int64)


def _places(wanted: Codes, node_ids: Codes) -> tuple[Codes, Flags]:
    """Where each node stands, and whether it is there at all: one may have come since the nodes were listed."""
    places = np.minimum(np.searchsorted(node_ids, wanted), max(len(node_ids) - 1, 0))
    known = node_ids[places] == wanted if len(node_ids) else np.zeros(len(wanted), dtype=np.bool_)
    return places, known


def _elapsed(window: Window, now: datetime) -> float:
    """How much of the window's last day is over."""
    begins_at = datetime.combine(window.until - timedelta(days=1), time(), UTC)
    return min(max((now - begins_at) / timedelta(days=1), 0.0), 1.0)
