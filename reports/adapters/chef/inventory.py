"""The node object of a run_converge → facts and packages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from reports.adapters.chef.messages import RunMessage
from reports.adapters.chef.secrets import SECRET_KEYS
from reports.run import Inventory, Json, Run

# Never parsed: hundreds of kilobytes that move by themselves, or that name the people who have accounts on a node.
_BULK: Final = frozenset(
    {
        *("network", "counters", "filesystem", "filesystem2", "block_device", "sysconf", "system_profile"),
        *("etc", "sessions", "current_user", "command", "hostnamectl", "systemd_paths", "docker", "cloud_v2"),
        *("packages", "time"),
    }
)
# Of these only the parts that stay as they are.
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "kernel": frozenset({"name", "release", "version", "machine", "os"}),
    "memory": frozenset({"total"}),
    "cpu": frozenset({"total", "real", "cores", "model_name", "vendor_id", "architecture"}),
    "dmi": frozenset({"system"}),
}
_VOLATILE: Final = frozenset({"ohai_time", "uptime", "uptime_seconds", "idletime", "idletime_seconds"})
_LARGEST_ATTRIBUTE: Final = 16 * 1024  # bytes of JSON; a plug-in's whole table is no fact to compare nodes by


class _Package(msgspec.Struct):
    version: str | None = None


_decode_packages = msgspec.json.Decoder(dict[str, _Package]).decode


def read_inventory(message: RunMessage, run: Run) -> Inventory | None:
    """Facts and packages of the node; None where the node object never loaded.

    The cookbooks' own attributes (default, normal, override) are left out: secrets are kept there.
    """
    automatic = message.node.automatic if message.node else None
    if not automatic:
        return None
    return Inventory(
        tool=run.tool,
        node=run.node,
        taken_at=run.started_at,  # Ohai looks before anything converges
        environment=run.environment,
        facts=_facts(automatic),
        packages=_packages(automatic.get("packages")),
        volatile=_VOLATILE,
        machine=run.machine,
        organization=run.organization,
    )


def decoded(raw: msgspec.Raw | None) -> Any:  # noqa: ANN401 - any JSON
    """The value of an attribute; None where there is none, or where it holds what JSON does not allow."""
    try:
        return None if raw is None else msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _facts(automatic: Mapping[str, msgspec.Raw]) -> dict[str, Json]:
    facts: dict[str, Json] = {}
    for name, raw in automatic.items():
        if name in _BULK or name in SECRET_KEYS or (len(bytes(raw)) > _LARGEST_ATTRIBUTE and name not in _PARTS):
            continue
        try:
            value = _open(decoded(raw))
        except RecursionError:  # nested past reason, as a plug-in's cache may be
            continue
        if name in _PARTS and isinstance(value, dict):
            value = {part: inner for part, inner in value.items() if part in _PARTS[name]}
        facts[name] = value
    return facts


def _open(value: Any) -> Json:  # noqa: ANN401 - any JSON
    """The value without what stands under a secret key."""
    if isinstance(value, dict):
        return {name: _open(inner) for name, inner in value.items() if name not in SECRET_KEYS}
    if isinstance(value, list):
        return [_open(inner) for inner in value]
    told: Json = value
    return told


def _packages(raw: msgspec.Raw | None) -> dict[str, str] | None:
    if raw is None:
        return None
    try:
        packages = _decode_packages(raw)
    except msgspec.MsgspecError:
        return None
    return {name: package.version for name, package in packages.items() if package.version}
