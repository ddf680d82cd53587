"""Read what came in by either door: a run report, facts, or a command that is ignored on purpose."""

from __future__ import annotations

import json
from typing import Final, TypeVar

import msgspec

from reports.adapters.contract import Reading, Report
from reports.adapters.puppet.doors import HTTP, REPLACE_FACTS, STORE_REPORT, command_name
from reports.adapters.puppet.facts import inventory_of
from reports.adapters.puppet.runs import run_of_stored, run_of_yaml
from reports.adapters.puppet.said import ENVELOPE, EXECUTION_STORED, FACTS
from reports.adapters.puppet.yaml_reports import read_yaml
from reports.errors import UnreadableReport

T = TypeVar("T")

_TEXT: Final = msgspec.json.Decoder(str)

_SEND_COMMANDS: Final = (
    "This is JSON of a PuppetDB command, not the YAML of Puppet's http report processor: "
    "server_urls or submit_only_server_urls of puppetdb.conf takes this server without a path, reporturl does not."
)
_SEND_YAML: Final = (
    "This is a Puppet report in YAML, not a PuppetDB command: set reporturl to …/api/v1/reports/puppet for it."
)


def read(report: Report) -> Reading:
    """The Reading of one body; raises UnreadableReport and nothing else."""
    try:
        return _read_http(report) if report.door == HTTP.name else _read_command(report)
    except RecursionError as error:
        raise UnreadableReport("The report is nested too deep.") from error


def _read_http(report: Report) -> Reading:
    if report.body.lstrip()[:1] == b"{":
        raise UnreadableReport(_SEND_COMMANDS)
    said = read_yaml(report.body)
    if said.kind == "inspect":
        return Reading(ignored="inspect report: it audits and changes nothing")
    _refuse_nameless(said.host)
    return Reading(runs=(run_of_yaml(said),))


def _read_command(report: Report) -> Reading:
    command, payload = _command(report)
    if command == STORE_REPORT:
        said = _decoded(EXECUTION_STORED, payload)
        _refuse_other_node(report, said.certname)
        return Reading(runs=(run_of_stored(said),))
    if command == REPLACE_FACTS:
        facts = _decoded(FACTS, payload)
        _refuse_other_node(report, facts.certname)
        return Reading(inventories=(inventory_of(facts, report.received_at),))
    return Reading(ignored=f"PuppetDB command {command[:40]!r}")


def _command(report: Report) -> tuple[str, bytes]:
    """The command's name and payload; both stand in the body where the query names no command."""
    if said := report.query.get("command"):
        return command_name(said), report.body
    if report.body.lstrip()[:3] == b"---":
        raise UnreadableReport(_SEND_YAML)
    envelope = _decoded(ENVELOPE, report.body)
    if envelope.command is None:
        raise UnreadableReport("Neither the query nor the body names a PuppetDB command.")
    payload = bytes(envelope.payload)
    if payload.startswith(b'"'):
        payload = _decoded(_TEXT, payload).encode()
    return command_name(envelope.command), payload


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise UnreadableReport(f"This is not what PuppetDB takes for this command: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if body.lstrip()[:3] == b"---":
            raise UnreadableReport(_SEND_YAML) from error
        return _decoded_leniently(decoder, body)


def _decoded_leniently(decoder: msgspec.json.Decoder[T], body: bytes) -> T:
    """JSON with bytes or half surrogate pairs that are no characters: U+FFFD stands for them."""
    try:
        told = json.loads(body.decode(errors="replace"))
        text: str = json.dumps(told, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return decoder.decode(text)
    except ValueError as error:  # of json, and of msgspec
        raise UnreadableReport(f"This is not JSON of a PuppetDB command: {error}") from error


def _refuse_nameless(node: str) -> None:
    if not node.strip():
        raise UnreadableReport("The report names no node.")


def _refuse_other_node(report: Report, node: str) -> None:
    """A client certificate was checked against the name in the query: the body must speak of the same node."""
    _refuse_nameless(node)
    named = report.query.get("certname", node)
    if named != node:
        raise UnreadableReport(f"The query says certname {named[:200]!r}, the body {node[:200]!r}.")
