"""Tells a run as Puppet's `http` report processor does, in YAML as Ruby writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from bench.fleet.catalogue import Item
from bench.fleet.wire.puppet import VERSION, Account, Line
from bench.fleet.wire.puppet_events import TYPES, Event, reference
from bench.fleet.wire.told import Told, arrival, told

_QUIET = "failed: false\n    failed_to_restart: false\n    changed: false\n    out_of_sync: false\n    skipped: false"
_HEAD = """--- !ruby/object:Puppet::Transaction::Report
host: {host}
time: {time}
configuration_version:{version}
transaction_uuid: {run_id}
report_format: 12
puppet_version: {puppet}
status: {status}
transaction_completed: {completed}
noop: {noop}
noop_pending: {pending}
environment: {environment}
logs:
"""
_LOG = """- level: {level}
  message: {message}
  source: {source}
  tags:
  - {level}
  time: {time}
  file:{file}
  line:{line}
"""
_RESOURCE = """  {key}:
    title: {title}
    file: {file}
    line: {line}
    resource: {key}
    resource_type: {kind}
    provider_used: posix
    containment_path:
    - Stage[main]
    - {containing}
    - {key}
    evaluation_time: 0.002505
    tags:
    - {tag}
    - class
    - fleet
    time: {time}
    {flags}
    change_count: {changes}
    out_of_sync_count: {moved}
    events:{events}
    corrective_change: {corrective}
"""
_EVENT = """
    - audited: false
      property:{property}
      previous_value:{old}
      desired_value:{new}
      historical_value:
      message: {message}
      name: {name}
      status: {status}
      time: {time}
      redacted:
      corrective_change: {corrective}"""
_TIME = "@TIME@"  # stands in a resource in sync, which is written once for a node's whole life


def tell_yaml(account: Account) -> Told:
    """The report of a run."""
    played = account.played
    head = _HEAD.format(
        host=played.node.name,
        time=_time(account.started_at),
        version="" if played.is_broken else f" {account.version}",
        run_id=account.run_id,
        puppet=VERSION,
        status=account.status,
        completed=_word(not played.is_broken),
        noop=_word(played.is_noop),
        pending=_word(account.is_pending),
        environment=played.node.environment,
    )
    logs = (_log(line, account.manifest) for line in account.log)
    tail = f"corrective_change: {_word(account.is_corrective)}\n"
    tail += "" if played.is_broken else f"catalog_uuid: {account.catalog_id}\n"
    tail += f"cached_catalog_status: {account.cached_catalog_status}\n"
    parts = [head, *logs, *_metrics(account.metrics), *_resources(account), tail]
    return told("puppet-http", "".join(parts).encode(), arrival(account.ended_at))


def _log(line: Line, manifest: str) -> str:
    return _LOG.format(
        level=line.level,
        message=_text(line.message),
        source=_text(line.source),
        time=_time(line.at),
        file=f" {_text(manifest)}" if line.line else "",
        line=f" {line.line}" if line.line else "",
    )


def _metrics(metrics: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield "metrics:\n"
    for category, numbers in metrics.items():
        yield f"  {category}:\n    name: {category}\n    label: {category.capitalize()}\n    values:\n"
        for name, value in numbers.items():
            yield f"    - - {name}\n      - {name.replace('_', ' ').capitalize()}\n      - {value}\n"


def _resources(account: Account) -> Iterator[str]:
    played = account.played
    if played.is_broken:
        yield "resource_statuses: {}\n"
        return
    yield "resource_statuses:\n"
    events = {event.act.place: event for event in account.events}
    containing = f"Fleet::{played.node.role.capitalize()}"
    for place, item in enumerate(played.items):
        at = _time(account.times[place])
        in_sync = _in_sync(item, place, containing, account.manifest)
        yield _changed(events[place], account, at=at) if place in events else in_sync.replace(_TIME, at)


@lru_cache(maxsize=8192)
def _in_sync(item: Item, place: int, containing: str, manifest: str) -> str:
    return _RESOURCE.format(
        **_names(item, place, containing, manifest),
        time=_TIME,
        flags=_QUIET,
        changes=0,
        moved=0,
        events=" []",
        corrective="false",
    )


def _changed(event: Event, account: Account, *, at: str) -> str:
    is_failed, is_done = event.status == "failure", event.status == "success"
    names = _names(event.act.item, event.act.place, f"Fleet::{account.played.node.role.capitalize()}", account.manifest)
    flags = _QUIET.replace("failed: false", f"failed: {_word(is_failed)}", 1)
    flags = flags.replace("changed: false", f"changed: {_word(is_done)}")
    flags = flags.replace("out_of_sync: false", "out_of_sync: true")
    return _RESOURCE.format(
        **names,
        time=at,
        flags=flags,
        changes=int(is_done),
        moved=1,
        events=_event(event, at),
        corrective=_word(event.is_corrective),
    )


def _names(item: Item, place: int, containing: str, manifest: str) -> dict[str, object]:
    kind = TYPES[item.kind]
    return {
        "key": _text(reference(item)),
        "title": _text(item.title),
        "file": _text(manifest),
        "line": place + 4,
        "kind": kind,
        "containing": containing,
        "tag": kind.lower(),
    }


def _event(event: Event, at: str) -> str:
    return _EVENT.format(
        property=f" {event.property}" if event.property else "",
        old=_value(event.old),
        new=_value(event.new),
        message=_text(event.message),
        name=event.name,
        status=event.status,
        time=at,
        corrective=_word(event.is_corrective),
    )


def _value(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        return "".join(f"\n      - {_text(one)}" for one in value)
    return "" if value is None else f" {_text(value)}"


def _text(said: str) -> str:
    """Double-quoted, as Ruby writes what is not plain; the escapes of JSON are among those of YAML."""
    return json.dumps(said, ensure_ascii=False)


def _word(is_so: bool) -> str:
    return "true" if is_so else "false"


def _time(moment: datetime) -> str:
    return f"'{moment.isoformat(timespec='microseconds').replace('+00:00', '000+00:00')}'"
