"""Tells a run, and the facts of a node, as the PuppetDB terminus sends them: `store_report` and `replace_facts`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bench.fleet.plan import Plan
from bench.fleet.play import Played
from bench.fleet.wire.puppet import VERSION, Account, Line
from bench.fleet.wire.puppet_events import TYPES, Event
from bench.fleet.wire.told import Told, arrival, encode, machine_of, told


def tell_stored(account: Account) -> Told:
    """The report of a run."""
    played = account.played
    document = {
        "certname": played.node.name,
        "job_id": None,
        "puppet_version": VERSION,
        "report_format": 12,
        "configuration_version": "" if played.is_broken else str(account.version),
        "producer_timestamp": _time(account.ended_at),
        "start_time": _time(account.started_at),
        "end_time": _time(account.ended_at),
        "environment": played.node.environment,
        "transaction_uuid": str(account.run_id),
        "status": account.status,
        "noop": played.is_noop,
        "noop_pending": account.is_pending,
        "corrective_change": account.is_corrective,
        "logs": [_log(line, account.manifest) for line in account.log],
        "metrics": [
            {"category": category, "name": name, "value": value}
            for category, numbers in account.metrics.items()
            for name, value in numbers.items()
        ],
        "resources": [] if played.is_broken else [*_resources(account)],
        "catalog_uuid": None if played.is_broken else str(account.catalog_id),
        "code_id": None,
        "cached_catalog_status": account.cached_catalog_status,
        "producer": "puppet.example.net",
    }
    return _command("store_report", 8, document, account.ended_at)


def tell_facts(plan: Plan, played: Played) -> Told:
    """What the node says about itself, just before a run."""
    node, at = played.node, plan.moment(played.at)
    document = {
        "certname": node.name,
        "values": {
            "os": {"name": "Debian", "family": "Debian", "release": {"full": "12.11", "major": "12"}},
            "kernel": "Linux",
            "networking": {"fqdn": node.name, "domain": "example.net"},
            "role": node.role,
            "dmi": {"product": {"uuid": str(machine_of(plan, played))}},
            "puppetversion": VERSION,
        },
        "environment": node.environment,
        "producer_timestamp": _time(at),
        "producer": "puppet.example.net",
    }
    return _command("replace_facts", 5, document, at)


def _command(name: str, version: int, document: Mapping[str, Any], at: datetime) -> Told:
    query = {
        "certname": document["certname"],
        "command": name,
        "version": str(version),
        "producer-timestamp": document["producer_timestamp"],
    }
    return told("puppetdb", encode(document), arrival(at), query=query)


def _log(line: Line, manifest: str) -> dict[str, Any]:
    return {
        "file": manifest if line.line else None,
        "line": line.line,
        "level": line.level,
        "message": line.message,
        "source": line.source,
        "tags": [line.level],
        "time": _time(line.at),
    }


def _resources(account: Account) -> Iterator[dict[str, Any]]:
    events = {event.act.place: event for event in account.events}
    for place, item in enumerate(account.played.items):
        event = events.get(place)
        if event is None and not account.way.is_whole:
            continue
        kind, at = TYPES[item.kind], _time(account.times[place])
        yield {
            "skipped": False,
            "timestamp": at,
            "resource_type": kind,
            "resource_title": item.title,
            "file": account.manifest,
            "line": place + 4,
            "containment_path": ["Stage[main]", f"Fleet::{account.played.node.role}", f"{kind}[{item.title}]"],
            "corrective_change": event is not None and event.is_corrective,
            "events": [_event(event, at)] if event else [],
        }


def _event(event: Event, at: str) -> dict[str, Any]:
    return {
        "status": event.status,
        "timestamp": at,
        "name": event.name,
        "property": event.property,
        "new_value": _text(event.new),
        "old_value": _text(event.old),
        "corrective_change": event.is_corrective,
        "message": event.message,
    }


def _text(value: str | list[str] | None) -> str:
    """PuppetDB's commands carry texts alone: nothing for null, Ruby's writing of a list."""
    if isinstance(value, list):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    return value or ""


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
