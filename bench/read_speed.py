"""How fast reports are read, bytes → Run, on one core: `python -m bench.read_speed [TOOL …]`.

Reads the adapters' own samples and, where the checkout has it beside it, the shared corpus of real reports; prints a
row for each tool, door and class of size. Time is CPU time of this process, the best of several rounds; the garbage
collector is off while a batch is read, as in the drain.
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

from reports.adapters.contract import Adapter, Reading, Report
from reports.adapters.discovery import adapters
from reports.adapters.samples import samples
from reports.errors import UnreadableReport

CORPUS: Final = Path(__file__).resolve().parents[2] / "shared" / "corpus"
SIZES: Final = ((20_000, "under 20 kB"), (80_000, "20 to 80 kB"), (300_000, "80 to 300 kB"), (1 << 62, "over 300 kB"))
ROUNDS: Final = 5
BYTES_A_ROUND: Final = 6_000_000
_DOOR_OF_FORMAT: Final = {"http-yaml": "puppet-http", "puppetdb-json": "puppetdb"}


@dataclass(frozen=True, slots=True)
class Speed:
    """One row of the table."""

    name: str
    size: str
    reports: int
    mean_bytes: int
    seconds_a_byte: float

    def __str__(self) -> str:
        return (
            f"{self.name:24} {self.size:14} {self.reports:7} {self.mean_bytes / 1e3:10.1f} "
            f"{self.seconds_a_byte * self.mean_bytes * 1e3:10.3f} {1 / self.seconds_a_byte / 1e6:8.1f}"
        )


def collect(adapter: Adapter) -> Iterator[Report]:
    """Every report of a tool that reads to a run, of its samples and of the corpus."""
    for report in (*(sample.report for sample in samples(adapter)), *_corpus(adapter)):
        if _tells_of_a_run(adapter, report):
            yield report


def _corpus(adapter: Adapter) -> Iterator[Report]:
    path = CORPUS / adapter.tool / "manifest.json"
    manifest = json.loads(path.read_text()) if path.is_file() else {}
    for entry in manifest.get("files") or manifest.get("messages") or ():
        file = path.parent / entry["file"]
        if file.is_file():
            door = _DOOR_OF_FORMAT.get(entry.get("format", ""), adapter.doors[0].name)
            query = entry.get("request", {}).get("query") or {}
            yield Report(door, file.read_bytes(), datetime.now(UTC), query, {})


def _tells_of_a_run(adapter: Adapter, report: Report) -> bool:
    try:
        return bool(adapter.read(report).runs)
    except UnreadableReport:
        return False


def measure(adapter: Adapter) -> Iterator[Speed]:
    """The rows of one tool, by door and size."""
    classes: dict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in collect(adapter):
        size = next(place for place, (limit, _name) in enumerate(SIZES) if len(report.body) < limit)
        classes[report.door, size].append(report)
    for (door, size), reports in sorted(classes.items()):
        total = sum(len(report.body) for report in reports)
        times = max(1, BYTES_A_ROUND // total)
        seconds = min(_seconds(adapter.read, reports, times) for _round in range(ROUNDS))
        yield Speed(door, SIZES[size][1], len(reports), total // len(reports), seconds / (total * times))


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
    print(f"{'door':24} {'size':14} {'reports':>7} {'mean kB':>10} {'ms each':>10} {'MB/s':>8}")
    for adapter in adapters():
        if not tools or adapter.tool in tools:
            for speed in measure(adapter):
                print(speed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
