"""Results as Salt writes them, built small for the tests of its adapter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from reports.adapters.contract import Reading, Report
from reports.adapters.salt import ADAPTER
from reports.run import ResourceOutcome, Run

RECEIVED = datetime(2026, 11, 23, 19, 45, 30, tzinfo=UTC)
JID = "20261123194500000000"
NODE = "web01.example.org"
DIFF = "--- \n+++ \n@@ -1,2 +1,2 @@\n port=80\n-workers=99\n+workers=4\n"


def state(**fields: object) -> dict[str, object]:
    """A state that was in order, unless `fields` say otherwise."""
    entry: dict[str, object] = {
        "name": "/etc/app.conf",
        "result": True,
        "changes": {},
        "comment": "File /etc/app.conf is in the correct state",
        "__sls__": "app",
        "__id__": "app_conf",
        "__run_num__": 0,
        "start_time": "19:45:01.000000",
        "duration": 20.5,
    }
    return entry | fields


def key_of(entry: Mapping[str, object], function: str = "file.managed") -> str:
    """The state key that Salt gives such an entry."""
    module, _, name = function.partition(".")
    return f"{module}_|-{entry['__id__']}_|-{entry['name']}_|-{name}"


def states(*entries: dict[str, object], function: str = "file.managed") -> dict[str, object]:
    """A state result of these entries, all of one function."""
    return {key_of(entry, function): entry for entry in entries}


def event(returned: object, **fields: object) -> dict[str, object]:
    """An event's data with this return; a field given as None is left out."""
    told = {
        "cmd": "_return",
        "id": NODE,
        "jid": JID,
        "fun": "state.apply",
        "fun_args": ["app"],
        "return": returned,
        "retcode": 0,
        "success": True,
        "_stamp": "2026-11-23T19:45:10.500000+00:00",
        **fields,
    }
    return {name: value for name, value in told.items() if value is not None}


def report(body: object, *, at: datetime = RECEIVED, **query: str) -> Report:
    """A spooled report with this body: bytes as they are, anything else as JSON."""
    return Report("salt", body if isinstance(body, bytes) else json.dumps(body).encode(), at, query, {})


def read(body: object, *, at: datetime = RECEIVED, **query: str) -> Reading:
    """What the adapter makes of this body."""
    return ADAPTER.read(report(body, at=at, **query))


def read_run(body: object, *, at: datetime = RECEIVED, **query: str) -> Run:
    """The one run of this body."""
    (run,) = read(body, at=at, **query).runs
    return run


def read_resource(entry: dict[str, object], function: str = "file.managed") -> ResourceOutcome:
    """The one resource of a run of this one state."""
    (resource,) = read_run(event(states(entry, function=function))).resources
    return resource
