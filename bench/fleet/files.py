"""Writes a simulated fleet to a folder: one file a report, as sent, and an index of how each came and what is true."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from bench.fleet.plan import Plan
from bench.fleet.whole import tell_fleet

INDEX: Final = "index.jsonl"


def write_fleet(plan: Plan, folder: Path) -> int:
    """Write all reports; how many. A line of the index names the file, its door, query, headers and arrival, and has
    the truth of every change: type, title, what became of it, the cause, and whether code and node both had moved."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / INDEX).open("wb") as index:
        for count, told in enumerate(tell_fleet(plan), start=1):
            report = told.report
            name = f"{count:07}.{'yaml' if report.body.startswith(b'---') else 'json'}"
            (folder / name).write_bytes(report.body)
            line = {
                "file": name,
                "door": report.door,
                "query": dict(report.query),
                "headers": dict(report.headers),
                "received_at": report.received_at,
                "truths": [(one.type, one.title, one.status.name, one.cause.name, one.is_mixed) for one in told.truths],
            }
            index.write(msgspec.json.encode(line) + b"\n")
    return count
