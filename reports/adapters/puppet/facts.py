"""The facts of `replace_facts` → Inventory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, cast

from reports.adapters.puppet.moments import moment_or_none
from reports.adapters.puppet.said import Facts
from reports.run import Inventory, Json, to_milliseconds

# Facts that move by themselves: uptime, load, free memory, clocks, and what belongs to the run and not to the node.
_VOLATILE: Final = frozenset(
    {
        "_timestamp",
        "timestamp",
        "uptime",
        "uptime_days",
        "uptime_hours",
        "uptime_seconds",
        "system_uptime",
        "load_averages",
        "memoryfree",
        "memoryfree_mb",
        "swapfree",
        "swapfree_mb",
        "processors.speed",
        "clientnoop",
        "ec2_metadata.iam",
    }
)
_USED_UP: Final = ("available", "available_bytes", "capacity", "used", "used_bytes")
_PACKAGES: Final = ("_puppet_inventory_1", "packages")

# What firmware says when nobody gave the board an identity.
_NO_UUID: Final = re.compile(r"(?i)0[0-]*|f[f-]*|03000200-0400-0500-0006-000700080009|not .*|.*filled.*|none|unknown")
_HOST_KEYS: Final = ("ed25519", "ecdsa", "rsa")


def inventory_of(said: Facts, received_at: datetime) -> Inventory:
    """All facts of one node; packages apart where a fact lists them."""
    facts = cast("Mapping[str, Json]", said.values)
    packages = dict(_packages(facts))
    return Inventory(
        tool="puppet",
        node=said.certname,
        taken_at=moment_or_none(said.producer_timestamp) or to_milliseconds(received_at),
        environment=said.environment or None,
        facts={name: value for name, value in facts.items() if not (packages and name in _PACKAGES)},
        packages=packages or None,
        volatile=_VOLATILE | frozenset(_used_up(facts)),
        machine=_machine(facts),
    )


def _used_up(facts: Mapping[str, Json]) -> Iterator[str]:
    """The moving parts of memory, swap and each file system; their sizes do not move by themselves."""
    for head in ("memory", "mountpoints"):
        for name, told in _map(facts.get(head)).items():
            for part in _USED_UP:
                if part in _map(told):
                    yield f"{head}.{name}.{part}"


def _packages(facts: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Name → versions, from Puppet Enterprise's inventory (lists of name, version, provider) or a fact `packages`."""
    found: dict[str, list[str]] = {}
    listed = _map(facts.get(_PACKAGES[0])).get("packages", facts.get(_PACKAGES[1]))
    for item in listed if isinstance(listed, list) else ():
        match item:
            case [str(name), str(version), *_]:
                found.setdefault(name, []).append(version)
    for name, told in _map(listed).items():
        one = told.get("version") if isinstance(told, dict) else told
        if isinstance(one, str):
            found.setdefault(name, []).append(one)
    for name, versions in found.items():
        yield name, ", ".join(sorted(set(versions)))


def _machine(facts: Mapping[str, Json]) -> str | None:
    """The board's UUID; else the machine id of the installation; else the fingerprint of an ssh host key."""
    product = _map(_map(facts.get("dmi")).get("product"))
    for told in (product.get("uuid"), facts.get("uuid"), facts.get("machine_id"), facts.get("machineid")):
        if isinstance(told, str) and told.strip() and not _NO_UUID.fullmatch(told.strip()):
            return told.strip().lower()
    keys = _map(facts.get("ssh"))
    for kind in _HOST_KEYS:
        prints = _map(_map(keys.get(kind)).get("fingerprints"))
        if isinstance(told := prints.get("sha256"), str) and told:
            return told
    return None


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
