"""How fast reports are read, bytes → Run, on one core: `python -m bench.read_speed [TOOL …]`.

Reads the adapters' own samples and, where the checkout has it beside it, the shared corpus of real reports; prints a
row for each door, class of size, and share of the resources that changed (a changed resource costs several times what
an unchanged one does). Our own JSON, of which there is no corpus, tells the runs of all other tools again. Time is CPU
time of this process, the best of several rounds; the garbage collector is off while a batch is read, as in the drain.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench.generic_reports import tell_in_generic_json
from reports.adapters.contract import Adapter, Reading, Report
from reports.adapters.discovery import adapters
from reports.adapters.samples import samples
from reports.errors import UnreadableReport

CORPUS: Final = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LARGE: Final = 50_000  # bytes
ALL, MOST_UNCHANGED = 0.9, 0.2  # shares of resources with something to tell
ROUNDS: Final = 5
BYTES_A_ROUND: Final = 6_000_000
GENERIC: Final = "generic"
_DOOR_OF_FORMAT: Final = {"http-yaml": "puppet-http", "puppetdb-json": "puppetdb"}


@dataclass(frozen=True, slots=True)
class Speed:
    """One row of the table."""

    door: str
    kind: str
    reports: int
    mean_bytes: int
    seconds_a_byte: float

    def __str__(self) -> str:
        return (
            f"{self.door:12} {self.kind:24} {self.reports:7} {self.mean_bytes / 1e3:10.1f} "
            f"{self.seconds_a_byte * self.mean_bytes * 1e3:10.3f} {1 / self.seconds_a_byte / 1e6:8.1f}"
        )


def collect(adapter: Adapter) -> Iterator[tuple[Report, str]]:
    """Every report of a tool that reads to a run, of its samples and of the corpus, with its kind."""
    for report in (*(sample.report for sample in samples(adapter)), *_corpus(adapter), *_told_again(adapter)):
        try:
            reading = adapter.read(report)
        except UnreadableReport:
            continue
        if reading.runs:
            yield report, kind_of(report, reading)


def kind_of(report: Report, reading: Reading) -> str:
    """The class of a report: how large, and how much of it changed."""
    size = "large" if len(report.body) >= LARGE else "small"
    total = sum(run.counts.total for run in reading.runs)
    share = sum(len(run.resources) for run in reading.runs) / max(total, 1)
    return f"{size}, {'all changed' if share >= ALL else 'mostly unchanged' if share < MOST_UNCHANGED else 'mixed'}"


def _corpus(adapter: Adapter) -> Iterator[Report]:
    path = CORPUS / adapter.tool / "manifest.json"
    manifest = json.loads(path.read_text()) if path.is_file() else {}
    for entry in manifest.get("files") or manifest.get("messages") or ():
        file = path.parent / entry["file"]
        if file.is_file():
            door = _DOOR_OF_FORMAT.get(entry.get("format", ""), adapter.doors[0].name)
            query = entry.get("request", {}).get("query") or {}
            yield Report(door, file.read_bytes(), datetime.now(UTC), query, {})


def _told_again(adapter: Adapter) -> Iterator[Report]:
    if adapter.tool != GENERIC:
        return
    for other in adapters():
        for report, _kind in collect(other) if other.tool != GENERIC else ():
            for run in other.read(report).runs:
                if run.ended_at:
                    yield Report(adapter.doors[0].name, tell_in_generic_json(run), datetime.now(UTC), {}, {})


def measure(adapter: Adapter) -> Iterator[Speed]:
    """The rows of one tool, by door and kind."""
    classes: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report, kind in collect(adapter):
        classes[report.door, kind].append(report)
    for (door, kind), reports in sorted(classes.items()):
        total = sum(len(report.body) for report in reports)
        times = max(1, BYTES_A_ROUND // total)
        seconds = min(_seconds(adapter.read, reports, times) for _round in range(ROUNDS))
        yield Speed(door, kind, len(reports), total // len(reports), seconds / (total * times))


def _seconds(read: Callable[[Report], Reading], reports: Iterable[Report], times: int) -> float:
    gc.collect()
    gc.disable()
    began = time.process_time()
    for _time in range(times):
        for report in reports:
            read(report)
    spent = time.process_time() - began
    gc.enable()
    return spent


def main(tools: list[str]) -> int:
    """Print the table for the named tools, or for all."""
    print(f"{'door':12} {'kind':24} {'reports':>7} {'mean kB':>10} {'ms each':>10} {'MB/s':>8}")
    for adapter in adapters():
        if not tools or adapter.tool in tools:
            for speed in measure(adapter):
                print(speed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
