"""Small messages of Chef, made for one test each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from reports.adapters.chef import ADAPTER
from reports.adapters.contract import Reading, Report
from reports.run import ResourceOutcome, Run

RUN_ID = "41edc1d8-d7b3-4593-9aba-f60aa3f5ec51"
_END: dict[str, Any] = {
    "message_type": "run_converge",
    "run_id": RUN_ID,
    "node_name": "web-01",
    "organization_name": "acme",
    "start_time": "2026-11-02T06:00:04Z",
    "end_time": "2026-11-02T06:00:09Z",
    "status": "success",
}
_RECORD: dict[str, Any] = {
    "type": "file",
    "name": "/etc/app.conf",
    "id": "/etc/app.conf",
    "result": "create",
    "status": "updated",
    "duration": "12",
    "before": {"owner": "root", "mode": "0666", "checksum": "aa"},
    "after": {"owner": "root", "mode": "0644"},
    "delta": None,
}


def end(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A run_converge with these fields instead of its own."""
    return {**_END, **fields}


def record(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A record of an updated file with these fields instead of its own."""
    return {**_RECORD, **fields}


def read(*messages: dict[str, Any] | bytes, version: str | None = None) -> Reading:
    """What the adapter makes of one message, or of several as lines of a file."""
    lines = [message if isinstance(message, bytes) else json.dumps(message).encode() for message in messages]
    headers = {"x-chef-version": version} if version else {}
    return ADAPTER.read(Report("chef", b"\n".join(lines), datetime(2026, 11, 2, 7, tzinfo=UTC), {}, headers))


def run_with(*records: dict[str, Any], **fields: Any) -> Run:  # noqa: ANN401 - any JSON
    """The run of a run_converge with these records."""
    (run,) = read(end(resources=list(records), **fields)).runs
    return run


def outcome_of(told: dict[str, Any]) -> ResourceOutcome:
    """What one record becomes."""
    (outcome,) = run_with(told).resources
    return outcome
