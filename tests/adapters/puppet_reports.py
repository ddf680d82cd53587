"""Puppet reports for tests: the smallest that is one, in both formats, and the project's own samples by name."""

from __future__ import annotations

import dataclasses
import functools
import json
from datetime import UTC, datetime
from typing import Any

import yaml

from reports.adapters.contract import Report
from reports.adapters.puppet import ADAPTER
from reports.adapters.samples import samples
from reports.run import Run

RECEIVED_AT = datetime(2026, 11, 24, tzinfo=UTC)
HEAD = "--- !ruby/object:Puppet::Transaction::Report\n"

SMALLEST: dict[str, Any] = {
    "host": "web01.example.org",
    "time": "2026-11-23T19:29:43.032943403+00:00",
    "transaction_uuid": "c6d11224-a714-46fe-b9b0-7436682bc478",
    "report_format": 12,
    "puppet_version": "7.23.0",
    "status": "unchanged",
    "environment": "production",
    "configuration_version": 1795462188,
    "logs": [],
    "metrics": {},
    "resource_statuses": {},
}


def yaml_text(**fields: object) -> str:
    """A report of the `http` processor, written by libyaml's own emitter, which is also Ruby's."""
    told = {**SMALLEST, **fields}
    return HEAD + str(yaml.dump(told, Dumper=yaml.CSafeDumper, allow_unicode=True, width=80, sort_keys=False))


def http(body: str | bytes) -> Report:
    """A body at the door of the `http` processor."""
    return Report("puppet-http", body.encode() if isinstance(body, str) else body, RECEIVED_AT, {}, {})


def command(name: str | None, payload: object, **query: str) -> Report:
    """A PuppetDB command; `payload` is bytes, or what becomes JSON."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Report("puppetdb", body, RECEIVED_AT, query if name is None else {"command": name, **query}, {})


def run_of(**fields: object) -> Run:
    """The run that a YAML report with these fields tells of."""
    return ADAPTER.read(http(yaml_text(**fields))).runs[0]


def resource(ref: str, *events: dict[str, Any], **fields: object) -> dict[str, Any]:
    """An entry of resource_statuses: `{ref: …}`."""
    kind, _, title = ref.removesuffix("]").partition("[")
    return {ref: {"resource_type": kind, "title": title, "events": [dict(event) for event in events], **fields}}


def event(status: str = "success", **fields: object) -> dict[str, Any]:
    """One event, of a property `mode` unless told."""
    return {"status": status, "property": "mode", "name": "mode_changed", "corrective_change": False, **fields}


@functools.cache
def sample(name: str) -> Report:
    """The report of one of the project's samples."""
    return next(one.report for one in samples(ADAPTER) if one.name == name)


def sample_run(name: str) -> Run:
    """The run that a sample tells of."""
    return ADAPTER.read(sample(name)).runs[0]


def with_body(report: Report, body: bytes) -> Report:
    """The same request with another body."""
    return dataclasses.replace(report, body=body)
