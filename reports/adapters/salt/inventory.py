"""Read what a node says about itself: grains and packages → Inventory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from reports.adapters.salt.changes import as_text
from reports.adapters.salt.results import Result
from reports.errors import UnreadableReport
from reports.run import Inventory, Json

GRAINS: Final = "grains.items"
PACKAGES: Final = "pkg.list_pkgs"

# Grains that differ between two looks at a node nobody touched: of the process that asked, or of the hour.
VOLATILE: Final = frozenset(
    {
        "cwd",
        "gid",
        "groupname",
        "locale_info",
        "path",
        "pid",
        "pythonpath",
        "shell",
        "systempath",
        "uid",
        "username",
    }
)


def read_inventory(result: Result, *, taken_at: datetime, environment: str | None) -> Inventory:
    """Grains as facts, or packages with their versions. Raises UnreadableReport where Salt returned neither."""
    returned = msgspec.json.decode(result.returned)
    if not isinstance(returned, dict):
        raise UnreadableReport(f"{result.function} of {result.node} returned no object: {as_text(returned)[:200]}")
    is_grains = result.function == GRAINS
    return Inventory(
        tool="salt",
        node=result.node,
        taken_at=taken_at,
        environment=environment,
        facts=returned if is_grains else None,
        packages=None if is_grains else {name: _versions(told) for name, told in returned.items()},
        volatile=VOLATILE if is_grains else frozenset(),
        machine=_machine(returned) if is_grains else None,
    )


def _versions(told: Json) -> str:
    """A version, versions joined by commas, or a list of either (`versions_as_list`, `attr`)."""
    listed = told if isinstance(told, list) else str(told).split(",")
    return ", ".join(
        as_text(one.get("version", one)) if isinstance(one, dict) else as_text(one).strip() for one in listed
    )


def _machine(grains: Mapping[str, Json]) -> str | None:
    """The board's UUID where the firmware has one, else the machine id of the installation."""
    for grain in ("uuid", "machine_id"):
        if isinstance(told := grains.get(grain), str) and told:
            return told.lower()
    return None
