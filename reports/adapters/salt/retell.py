"""Tell a sample again as another node's, for the demo: other name, other times, else the same report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from reports.adapters.contract import Report, Retelling
from reports.adapters.salt.documents import cut, mend
from reports.adapters.salt.inventory import GRAINS
from reports.adapters.salt.moments import clock_time, jid_moment, stamp_moment
from reports.adapters.salt.reader import read
from reports.adapters.salt.results import RESULT_TAG
from reports.run import Json

_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of any day
_JID_FORMAT: Final = "%Y%m%d%H%M%S%f"


@dataclass(frozen=True, slots=True)
class _Teller:
    """Walks JSON and changes what names the node or a time. Parts that are other nodes' are left out."""

    node: str
    others: frozenset[str]
    new_node: str
    shift: timedelta
    machine: str | None

    def again(self, value: Json) -> Json:
        if isinstance(value, dict):
            told = {
                self.new_node if key == self.node else key: self._field(key, inner)
                for key, inner in value.items()
                if key not in self.others
            }
            if (
                self.machine is not None
                and told.get("fun") == GRAINS
                and isinstance(grains := told.get("return"), dict)
            ):
                grains["machine_id"] = self.machine
            return told
        if isinstance(value, list):
            return [self.again(item) for item in value if not self._is_of_another(item)]
        return self.new_node if value == self.node else value

    def _field(self, key: str, value: Json) -> Json:
        if isinstance(value, str):
            match key:
                case "jid":
                    return self.jid(value)
                case "tag":
                    return self.tag(value)
                case "_stamp" if moment := stamp_moment(value):
                    return (moment + self.shift).isoformat()
                case "start_time":
                    return self._clock(value)
        if key == "ts" and isinstance(value, int):
            return value + int(self.shift.total_seconds())
        return self.again(value)

    def jid(self, jid: str) -> str:
        moment = jid_moment(jid)
        return jid if moment is None else (moment + self.shift).strftime(_JID_FORMAT)

    def tag(self, tag: str) -> str:
        told = RESULT_TAG.fullmatch(tag)
        return f"salt/job/{self.jid(told['jid'])}/ret/{self.new_node}" if told else tag

    def _clock(self, start_time: str) -> str:
        told = clock_time(start_time)
        if told is None:
            return start_time
        return f"{_MIDNIGHT + timedelta(microseconds=told) + self.shift % _DAY:%H:%M:%S.%f}"

    def _is_of_another(self, item: Json) -> bool:
        event = item.get("data", item) if isinstance(item, dict) else None
        return isinstance(event, dict) and isinstance(name := event.get("id"), str) and name in self.others


def retell(report: Report, retelling: Retelling) -> Report:
    """The report of `retelling.node`; of several nodes in one body, the first one's part alone is told.

    A result without a job id gets one by the query, so that its identity follows from node and time.
    """
    told = read(report)
    nodes = [run.node for run in told.runs] + [inventory.node for inventory in told.inventories]
    if not nodes:
        return replace(report, received_at=report.received_at + retelling.shift)
    others = frozenset(nodes) - {nodes[0]}
    teller = _Teller(nodes[0], others, retelling.node, retelling.shift, retelling.machine)
    query = {name: teller.tag(value) if name == "tag" else value for name, value in report.query.items()}
    query["node"] = retelling.node
    if retelling.environment is not None:
        query["environment"] = retelling.environment
    if told.runs and b'"jid"' not in report.body:
        query["jid"] = (told.runs[0].started_at + retelling.shift).strftime(_JID_FORMAT)
    return replace(
        report,
        body=b"\n".join(_bodies(report.body, teller)),
        received_at=report.received_at + retelling.shift,
        query=query,
    )


def _bodies(body: bytes, teller: _Teller) -> Iterator[bytes]:
    for document in cut(body):
        yield json.dumps(teller.again(json.loads(mend(document))), ensure_ascii=False).encode()
