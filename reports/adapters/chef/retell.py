"""Tell a sample again as another node's, for the demo: other name, machine and times, else the same messages."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from reports.adapters.chef.messages import documents
from reports.adapters.chef.texts import moment
from reports.adapters.contract import Report, Retelling
from reports.errors import UnreadableReport

_NAMESPACE: Final = UUID("0f3a1c52-5a0e-4f0b-9d5e-6a9f5f2b7c11")
_TIMES: Final = ("start_time", "end_time")
_NAMES: Final = ("name", "hostname", "machinename", "fqdn")


def retell(report: Report, retelling: Retelling) -> Report:
    """The report of `retelling.node`; run_start and run_converge of one run stay one run.

    UnreadableReport for what is no JSON. Times inside diffs and backtraces stay as they are.
    """
    told = [_told_again(document, retelling) for document in documents(report.body)]
    return replace(report, body=b"\n".join(told), received_at=report.received_at + retelling.shift)


def _told_again(document: bytes, retelling: Retelling) -> bytes:
    try:
        message = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(f"this is no JSON: {error}") from error
    if isinstance(message, dict):
        _Teller(message, retelling).tell()
    return json.dumps(message, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class _Teller:
    """Changes one message in place."""

    message: MutableMapping[str, Any]
    retelling: Retelling

    def tell(self) -> None:
        message, node = self.message, self.retelling.node
        for field in _TIMES:
            self._shift(field)
        told_before = f"{message.get('run_id') or message.get('id')}"
        identity = f"run {told_before} {node} {self.retelling.shift / timedelta(seconds=1)}"
        _put(message, "run_id", str(uuid5(_NAMESPACE, identity)))
        _put(message, "id", str(uuid5(_NAMESPACE, identity)))
        _put(message, "node_name", node)
        _put(message, "entity_uuid", self._machine())
        if isinstance(of_node := message.get("node"), dict):
            self._tell_node(of_node)
        if self.retelling.environment is not None and isinstance(expanded := message.get("expanded_run_list"), dict):
            _put(expanded, "id", self.retelling.environment)

    def _tell_node(self, of_node: MutableMapping[str, Any]) -> None:
        automatic = of_node.get("automatic")
        for part in (of_node, automatic):
            if not isinstance(part, dict):
                continue
            for field in _NAMES:
                _put(part, field, self.retelling.node)
            _put(part, "chef_guid", self._machine())
            if self.retelling.environment is not None:
                _put(part, "chef_environment", self.retelling.environment)
        if isinstance(automatic, dict) and isinstance(ohai_time := automatic.get("ohai_time"), float):
            automatic["ohai_time"] = ohai_time + self.retelling.shift / timedelta(seconds=1)

    def _shift(self, field: str) -> None:
        if isinstance(told := self.message.get(field), str):
            again = moment(told, field) + self.retelling.shift
            self.message[field] = again.isoformat().replace("+00:00", "Z")

    def _machine(self) -> str:
        return self.retelling.machine or str(uuid5(_NAMESPACE, f"machine {self.retelling.node}"))


def _put(part: MutableMapping[str, Any], field: str, value: str) -> None:
    if part.get(field):
        part[field] = value
