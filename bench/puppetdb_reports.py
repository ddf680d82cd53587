"""Makes reports as a PuppetDB terminus sends them, of one size and each of a run of its own, for the intake's bench."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

RESOURCES: Final = 300
EVENTFUL: Final = 6  # one report in so many has events
EVENTS: Final = 3
NODES: Final = 1000
_TYPES: Final = ("File", "Package", "Service", "User", "Exec", "Cron")
_RESOURCE_METRICS: Final = (
    *("total", "skipped", "failed", "failed_to_restart", "restarted", "changed"),
    *("out_of_sync", "scheduled", "corrective_change"),
)
_TIME_METRICS: Final = (
    *("file", "package", "service", "user", "exec", "cron", "config_retrieval", "convert_catalog"),
    *("transaction_evaluation", "catalog_application", "total"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """One request at the PuppetDB door: its query and its body, gzipped as puppetserver does it."""

    query: str
    body: bytes
    unpacked: int


def make_posts(count: int, *, newest: datetime) -> list[Post]:
    """Reports of as many runs, the nodes in turn, half an hour between two runs of one node."""
    rng = random.Random(7)
    rounds = -(-count // NODES)
    starts = [newest - timedelta(minutes=30 * (rounds - number // NODES)) for number in range(count)]
    return [_make_post(number, start.astimezone(UTC), rng) for number, start in enumerate(starts)]


def _make_post(number: int, start: datetime, rng: random.Random) -> Post:
    node = f"node{number % NODES:05}.corp.example"
    start += timedelta(seconds=number % NODES)
    report = _report(node, start, rng, is_eventful=number % EVENTFUL == 0)
    body = json.dumps(report, separators=(",", ":")).encode()
    query = f"certname={node}&command=store_report&version=8&producer-timestamp={report['producer_timestamp']}"
    return Post(query, gzip.compress(body, 6), len(body))


def _report(node: str, start: datetime, rng: random.Random, *, is_eventful: bool) -> dict[str, Any]:
    changed = set(rng.sample(range(RESOURCES), EVENTS)) if is_eventful else set()
    end = start + timedelta(seconds=12.3)
    return {
        "certname": node,
        "job_id": None,
        "puppet_version": "7.23.0",
        "report_format": 12,
        "configuration_version": "1795464733",
        "producer_timestamp": _time(end).replace("+00:00", "Z"),
        "start_time": _time(start),
        "end_time": _time(end),
        "environment": "staging" if node.endswith("7.corp.example") else "production",
        "transaction_uuid": str(UUID(int=rng.getrandbits(128), version=4)),
        "status": "changed" if changed else "unchanged",
        "noop": False,
        "noop_pending": False,
        "corrective_change": bool(changed),
        "logs": _logs(start, changed),
        "metrics": _metrics(rng, len(changed)),
        "resources": [_resource(index, start, rng, is_changed=index in changed) for index in range(RESOURCES)],
        "catalog_uuid": str(UUID(int=rng.getrandbits(128), version=4)),
        "code_id": None,
        "cached_catalog_status": "not_used",
        "producer": "puppet.corp.example",
    }


def _metrics(rng: random.Random, changed: int) -> list[dict[str, Any]]:
    told = {"total": RESOURCES, "changed": changed, "out_of_sync": changed, "corrective_change": changed}
    events = {"total": changed, "failure": 0, "success": changed}
    return (
        [{"category": "resources", "name": name, "value": told.get(name, 0)} for name in _RESOURCE_METRICS]
        + [{"category": "time", "name": name, "value": round(rng.random() * 9, 6)} for name in _TIME_METRICS]
        + [{"category": "events", "name": name, "value": value} for name, value in events.items()]
        + [{"category": "changes", "name": "total", "value": changed}]
    )


def _logs(start: datetime, changed: set[int]) -> list[dict[str, Any]]:
    said = ["Using environment 'production'", "Retrieving pluginfacts", "Retrieving plugin", "Loading facts"]
    said += ["Caching catalog", "Applying configuration version '1795464733'"]
    said += [f"content changed '{{sha256}}{index:064}' to '{{sha256}}{index + 1:064}'" for index in sorted(changed)]
    said += ["Applied catalog in 9.81 seconds"]
    return [
        {
            "file": None,
            "line": None,
            "level": "notice" if "changed" in message else "info",
            "message": message,
            "source": "Puppet",
            "tags": ["info"],
            "time": _time(start + timedelta(seconds=place)),
        }
        for place, message in enumerate(said)
    ]


def _resource(index: int, start: datetime, rng: random.Random, *, is_changed: bool) -> dict[str, Any]:
    kind = _TYPES[index % len(_TYPES)]
    title = f"/srv/app/current/conf.d/item-{index:05}.conf"
    at = _time(start + timedelta(milliseconds=rng.randrange(9000)))
    return {
        "skipped": False,
        "timestamp": at,
        "resource_type": kind,
        "resource_title": title,
        "file": "/etc/puppetlabs/code/environments/production/modules/app/manifests/config.pp",
        "line": index,
        "containment_path": ["Stage[main]", "App::Config", f"{kind}[{title}]"],
        "corrective_change": is_changed,
        "events": [_event(index, at)] if is_changed else [],
    }


def _event(index: int, at: str) -> dict[str, Any]:
    return {
        "status": "success",
        "timestamp": at,
        "name": "content_changed",
        "property": "content",
        "new_value": f"{{sha256}}{index + 1:064}",
        "old_value": f"{{sha256}}{index:064}",
        "corrective_change": True,
        "message": f"content changed '{{sha256}}{index:064}' to '{{sha256}}{index + 1:064}'",
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
