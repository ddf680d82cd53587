"""What comes into the store, and what became of it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reports.run import Explanation, Inventory, Run

LATEST_LEAD = timedelta(minutes=10)  # how far a node's clock may be ahead of ours before we no longer order by it


class Fate(enum.Enum):
    """What became of one run or inventory."""

    NEW = "new"
    REPLACED = "replaced"  # known, but poorer or read again; this one stands in its place
    DUPLICATE = "duplicate"  # known, and at least as rich; or an inventory not newer than the one kept
    TOO_OLD = "too old"  # from before the time for which runs are kept


@dataclass(frozen=True, slots=True)
class ArrivedRun:
    """A run, the site its sender speaks for, and one explanation for each change in the order of the run.

    `is_again`: its report was read before and is read again on purpose, so that this reading takes the place of one
    that is just as rich.
    """

    run: Run
    site: str
    received_at: datetime
    explanations: Sequence[Explanation] = ()
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class ArrivedInventory:
    """An inventory and the site its sender speaks for."""

    inventory: Inventory
    site: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of each run and each inventory, in the order in which they were given."""

    runs: tuple[Fate, ...]
    inventories: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """Where something stands in time. `claimed_at` is set where the node's own time could not be believed."""

    at: datetime
    claimed_at: datetime | None


def order(claimed_at: datetime, received_at: datetime) -> Ordering:
    """By the node's own time, or by the arrival where the node claims to be more than ten minutes ahead of it."""
    claimed_at, received_at = claimed_at.astimezone(UTC), received_at.astimezone(UTC)
    if claimed_at - received_at > LATEST_LEAD:
        return Ordering(at=received_at, claimed_at=claimed_at)
    return Ordering(at=claimed_at, claimed_at=None)
