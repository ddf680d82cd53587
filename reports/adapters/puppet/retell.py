"""Tell a sample again as another node's, for the demo: other name, other times, a run of its own, else the same."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from reports.adapters.contract import Report, Retelling
from reports.adapters.puppet.doors import HTTP

_NAMESPACE: Final = uuid.UUID("b1b6a1d6-2e2b-5d0c-9d7a-0a4f3d6f4a11")

# A time is told by its key, so that a version or a file's content that looks like one stays as it is.
_TIME_KEYS: Final = rb"time|timestamp|start_time|end_time|producer_timestamp"
_TIME: Final = re.compile(
    rb"""(?<![\w.])((?:%s)"?: ?['"]?)(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)([.\d]*)( ?(?:Z|[+-]\d\d:\d\d))""" % _TIME_KEYS
)
_RENEWED: Final = re.compile(rb"""(?<!\w)((?:transaction_uuid|catalog_uuid)"?: ?"?)([0-9a-f-]{36})""")
_COMPILED_AT: Final = re.compile(rb"""(?<!\w)(configuration_version"?: ?"?|configuration version ')(\d{9,10})(?!\d)""")
_ENVIRONMENT: Final = re.compile(
    rb"""((?:^ {0,2}|(?<=[{,]"))environment"?: ?"?|Using environment ')([\w-]+)""", re.MULTILINE
)
_FACTS: Final = re.compile(rb"""(?<=[{,]"values":\{)(?=")""")
_NODE: Final = re.compile(rb"""^ {0,2}host: ['"]?([^\s'"]+)|"certname": ?"([^"\\]+)\"""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Replacements for what one pattern found: the part before stays, the part that is told moves."""

    retelling: Retelling

    def time(self, found: re.Match[bytes]) -> bytes:
        moved = self._moved(found[2].decode()).encode()
        return found[1] + moved + found[3] + found[4]

    def renewed(self, found: re.Match[bytes]) -> bytes:
        name = f"{self.retelling.node} {self.retelling.shift.total_seconds()} {found[2].decode()}"
        return found[1] + str(uuid.uuid5(_NAMESPACE, name)).encode()

    def compiled_at(self, found: re.Match[bytes]) -> bytes:
        return found[1] + b"%d" % (int(found[2]) + self.retelling.shift // timedelta(seconds=1))

    def environment(self, found: re.Match[bytes]) -> bytes:
        return found[1] + (self.retelling.environment or "").encode()

    def query_time(self, said: str) -> str:
        return f"{self._moved(said[:19])}{said[19:]}" if said else said

    def _moved(self, said: str) -> str:
        whole = self.retelling.shift - timedelta(microseconds=self.retelling.shift.microseconds)
        return (datetime.fromisoformat(said) + whole).isoformat(said[10])


def retell(report: Report, retelling: Retelling) -> Report:
    """The report as `retelling.node` would have sent it, in the same format through the same door.

    The text is changed, not parsed and written anew, so that it stays what Puppet's own emitters write. The shift is
    applied in whole seconds; a node's name is replaced wherever it stands, and so is its short name in facts. The
    machine is told as a fact of its own, as sites do whose machines have no firmware that tells it.
    """
    teller = _Teller(retelling)
    body = _renamed(report.body, retelling.node)
    for pattern, told in (
        (_TIME, teller.time),
        (_RENEWED, teller.renewed),
        (_COMPILED_AT, teller.compiled_at),
    ):
        body = pattern.sub(told, body)
    if retelling.environment is not None:
        body = _ENVIRONMENT.sub(teller.environment, body)
    if retelling.machine is not None and report.query.get("command") == "replace_facts":
        body = _FACTS.sub(b'"machine_id":%s,' % json.dumps(retelling.machine).encode(), body, count=1)
    query = report.query if report.door == HTTP.name else _query(report, teller, body)
    return replace(report, body=body, query=query, received_at=report.received_at + retelling.shift)


def _renamed(body: bytes, node: str) -> bytes:
    found = _NODE.search(body)
    if not found:
        return body
    before, after = found[1] or found[2], node.encode()
    body = re.sub(rb"(?<![\w.-])" + re.escape(before) + rb"(?![\w-])", lambda _found: after, body)
    short = b'"hostname":"%s"'
    return body.replace(short % before.split(b".")[0], short % after.split(b".")[0])


def _query(report: Report, teller: _Teller, body: bytes) -> dict[str, str]:
    query = dict(report.query)
    if "certname" in query:
        query["certname"] = teller.retelling.node
    if said := query.get("producer-timestamp"):
        query["producer-timestamp"] = teller.query_time(said)
    if "checksum" in query:
        query["checksum"] = _checksum(query, body)
    return query


def _checksum(query: dict[str, str], body: bytes) -> str:
    """As the terminus reckons it, over the command around the body (FORMAT: the name with blanks)."""
    command = query.get("command", "").replace("_", " ")
    head = f'{{"command":"{command}","version":{query.get("version")},"certname":"{query.get("certname")}","payload":'
    return hashlib.sha1(head.encode() + body + b"}", usedforsecurity=False).hexdigest()
