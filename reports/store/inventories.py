"""The newest inventory of each node and tool, and what changed since the one before.

Facts and packages are told apart and each goes by its own time. One that is older than what is kept changes nothing:
what differed on the way from it is not known any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from reports.run import Json
from reports.sql import load
from reports.store.arrived import ArrivedInventory, Fate, Ordering, order
from reports.store.copying import Field, copy_rows
from reports.store.differences import Difference, differences
from reports.store.ids import node_id
from reports.store.jsonb import jsonb_text, mended
from reports.store.marks import Moment
from reports.store.roles import find_role
from reports.store.text import clean_name

_FIND = load(__file__, "find_inventories")
_SAVE = load(__file__, "save_inventories")
_COLUMNS = ("node_id", "at", "ordinal", "tool", "is_package", "name", "old", "new")


@dataclass(frozen=True, slots=True)
class PlacedInventory:
    """An arrived inventory with its place."""

    arrived: ArrivedInventory
    node_id: int
    ordering: Ordering

    @property
    def at(self) -> datetime:
        return self.ordering.at

    @property
    def key(self) -> tuple[int, str]:
        return self.node_id, clean_name(self.arrived.inventory.tool)


def place_inventory(arrived: ArrivedInventory) -> PlacedInventory:
    """Where the inventory belongs."""
    inventory = arrived.inventory
    ordering = order(inventory.taken_at, arrived.received_at)
    return PlacedInventory(arrived, node_id(arrived.site, inventory.node), ordering)


@dataclass(slots=True)
class _Kept:
    """What is kept of one node by one tool: facts or packages, and when they were told."""

    told: Mapping[str, Json] | None
    at: datetime | None
    is_moved: bool = False

    def take(self, told: Mapping[str, Json] | None, at: datetime) -> Mapping[str, Json] | None:
        """Keep what is newer. What stood there before, for the first one itself; None where nothing was taken."""
        if told is None or (self.at is not None and at <= self.at):
            return None
        before = told if self.told is None else self.told  # the first inventory is no change
        self.told, self.at, self.is_moved = told, at, True
        return before

    def to_store(self) -> tuple[str | None, datetime | None]:
        """JSON text and time; None and None: leave what is there."""
        return (jsonb_text(dict(self.told)), self.at) if self.is_moved and self.told is not None else (None, None)


@dataclass(slots=True)
class _Row:
    """A row of `inventory` on its way."""

    facts: _Kept
    packages: _Kept
    role: str | None = None

    @property
    def is_moved(self) -> bool:
        return self.facts.is_moved or self.packages.is_moved


@dataclass(frozen=True, slots=True)
class SavedInventories:
    """What became of each inventory, and when which nodes turned out to be for something else."""

    fates: tuple[Fate, ...] = ()
    new_roles: tuple[Moment, ...] = ()


def save_inventories(cursor: CursorWrapper, placed: Sequence[PlacedInventory]) -> SavedInventories:
    """Keep what is newer. The nodes are locked by the caller."""
    if not placed:
        return SavedInventories()
    rows = _find(cursor, sorted({one.node_id for one in placed}))
    fates = [Fate.DUPLICATE] * len(placed)
    changes: list[Sequence[Field]] = []
    new_roles: list[Moment] = []
    for index in sorted(range(len(placed)), key=lambda index: placed[index].at):
        one = placed[index]
        row = rows.setdefault(one.key, _Row(_Kept(None, None), _Kept(None, None)))
        role = row.role
        taken = _take(row, one)
        if row.role != role:
            new_roles.append(Moment(one.node_id, one.at))
        if taken is not None:
            fates[index] = Fate.NEW
            changes += taken
    _save(cursor, {key: row for key, row in rows.items() if row.is_moved})
    copy_rows(cursor, "inventory_change", _COLUMNS, changes)
    return SavedInventories(tuple(fates), tuple(new_roles))


def _take(row: _Row, placed: PlacedInventory) -> list[Sequence[Field]] | None:
    """The rows of inventory_change that this inventory makes; None where it is not newer in any part."""
    inventory, at = placed.arrived.inventory, placed.at
    facts, packages = _well(inventory.facts), _well(inventory.packages)
    facts_before, packages_before = row.facts.take(facts, at), row.packages.take(packages, at)
    if facts_before is None and packages_before is None:
        return None
    found: list[tuple[bool, Difference]] = []
    if facts_before is not None and facts is not None:
        row.role = find_role(facts, settings.FLEETVIEW_ROLE_FACTS)
        found += [(False, one) for one in differences(facts_before, facts, volatile=inventory.volatile)]
    if packages_before is not None and packages is not None:
        found += [(True, one) for one in differences(packages_before, packages)]
    node, tool = placed.key
    return [
        (node, at, ordinal, tool, is_package, one.name, one.old, one.new)
        for ordinal, (is_package, one) in enumerate(found)
    ]


def _well(told: Mapping[str, Json] | None) -> Mapping[str, Json] | None:
    """As the database will give it back, so that the next one is compared with what is really kept."""
    if told is None:
        return None
    value = mended(dict(told))
    return value if isinstance(value, dict) else {"…": value}


def _find(cursor: CursorWrapper, node_ids: list[int]) -> dict[tuple[int, str], _Row]:
    cursor.execute(_FIND, {"node_ids": node_ids})
    return {
        (node, tool): _Row(_Kept(_parsed(facts), facts_at), _Kept(_parsed(packages), packages_at), role)
        for node, tool, facts, facts_at, packages, packages_at, role in cursor.fetchall()
    }


def _parsed(text: str | None) -> dict[str, Json] | None:
    """Django's cursors give jsonb as text."""
    parsed: dict[str, Json] | None = None if text is None else json.loads(text)
    return parsed


def _save(cursor: CursorWrapper, rows: Mapping[tuple[int, str], _Row]) -> None:
    if not rows:
        return
    keys = sorted(rows)
    facts = [rows[key].facts.to_store() for key in keys]
    packages = [rows[key].packages.to_store() for key in keys]
    columns: dict[str, Any] = {
        "node_ids": [node for node, _ in keys],
        "tools": [tool for _, tool in keys],
        "facts": [text for text, _ in facts],
        "facts_ats": [at for _, at in facts],
        "packages": [text for text, _ in packages],
        "packages_ats": [at for _, at in packages],
        "roles": [rows[key].role for key in keys],
    }
    cursor.execute(_SAVE, columns)
