"""How long does every page take on a large fleet? `python -m bench.pages NAME=DATABASE_URL …`.

Each database is opened by a process of its own, turn by turn, so that they are measured under the same load; the first
one is what the budgets are held against, and the others stand beside it with their ratio to it. Ends with 1 where a
page of the first is above a budget.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

if __name__ == "__main__":  # the other processes are told by this one
    DATA_DIR: Final = tempfile.TemporaryDirectory(prefix="fleetview-pages-")  # for static files and the secret key
    os.environ["FLEETVIEW_DATA_DIR"] = DATA_DIR.name

from django.core.management import call_command  # the environment first

from bench.page_opener import Opened, best_pace, names, open_page

MOST_MILLISECONDS: Final = 100.0  # at the 95th percentile, of a processor alone: the clock also tells who else is busy
MOST_QUERIES: Final = 12
MOST_BYTES: Final = 150_000  # as sent, without plotly


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page cost over all turns, in milliseconds: by the clock, and of a processor that does nothing else."""

    median: float
    p95: float
    cpu: float
    cpu_p95: float
    cpu_of_database: float
    queries: int
    sent: int
    plain: int
    slowest: str

    @classmethod
    def of(cls, opened: Sequence[Opened], best: float) -> Cost:
        alone = [one.cpu * min(best / one.pace, 1.0) for one in opened]
        return cls(
            median=statistics.median(one.milliseconds for one in opened),
            p95=_p95([one.milliseconds for one in opened]),
            cpu=statistics.median(alone),
            cpu_p95=_p95(alone),
            cpu_of_database=statistics.median(one.cpu_of_database * min(best / one.pace, 1.0) for one in opened),
            queries=max(one.queries for one in opened),
            sent=max(one.sent for one in opened),
            plain=max(one.plain for one in opened),
            slowest=max(opened, key=lambda one: one.cpu).address,
        )

    @property
    def faults(self) -> list[str]:
        """What is above the budget."""
        told = {
            "slow": self.cpu_p95 > MOST_MILLISECONDS,
            "queries": self.queries > MOST_QUERIES,
            "heavy": self.sent > MOST_BYTES,
        }
        return [fault for fault, is_so in told.items() if is_so]


class Fleet:
    """One database, and the process that opens its pages."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        os.environ["FLEETVIEW_DATABASE_URL"] = url
        self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        self.best_pace = self._pool.submit(best_pace).result()  # which starts it, with the environment of now

    def open(self, page: str, turn: int) -> Opened:
        return self._pool.submit(open_page, page, turn).result()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("databases", nargs="+", metavar="NAME=DATABASE_URL")
    parser.add_argument("--turns", type=int, default=40, help="how often each page is opened")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    wanted = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    fleets = [Fleet(name, url) for name, _, url in (one.partition("=") for one in wanted.databases)]
    print(_headline(fleets))
    faulty = 0
    for page in names():
        if wanted.only in page:
            try:
                costs = _measure(fleets, page, wanted.turns)
            except RuntimeError as unanswered:
                faulty += 1
                print(f"{page:32} {unanswered}", flush=True)
            else:
                faulty += bool(costs[0].faults)
                print(_line(page, costs), flush=True)
    sys.exit(1 if faulty else 0)


def _measure(fleets: Sequence[Fleet], page: str, turns: int) -> list[Cost]:
    """One turn after the other, each fleet in each; the first warms up what a server that runs has warm."""
    for fleet in fleets:
        fleet.open(page, 0)
    opened = [[fleet.open(page, turn) for fleet in fleets] for turn in range(turns)]
    return [Cost.of(one, fleet.best_pace) for one, fleet in zip(zip(*opened, strict=True), fleets, strict=True)]


def _p95(figures: Sequence[float]) -> float:
    return sorted(figures)[round(0.95 * (len(figures) - 1))]


def _headline(fleets: Sequence[Fleet]) -> str:
    others = "".join(f"{fleet.name:>9}{'ratio':>7}" for fleet in fleets[1:])
    clock, cpu = f"{'clock':>7}{'p95':>7}", f"{'alone':>7}{'p95':>7}{'in db':>7}"
    return f"{fleets[0].name:32}{clock}{cpu}{'asked':>6}{'kB sent':>9}{'plain':>7}{others}"


def _line(page: str, costs: Sequence[Cost]) -> str:
    """Milliseconds, queries, kilobytes; of the other fleets their CPU, and how much more the first one takes."""
    first = costs[0]
    others = "".join(f"{other.cpu:9.1f}{first.cpu / other.cpu:7.2f}" for other in costs[1:])
    clock, cpu = f"{first.median:7.1f}{first.p95:7.1f}", f"{first.cpu:7.1f}{first.cpu_p95:7.1f}"
    weights = f"{first.sent / 1000:9.1f}{first.plain / 1000:7.0f}"
    told = f"  {', '.join(first.faults)}: {first.slowest}" if first.faults else ""
    return f"{page:32}{clock}{cpu}{first.cpu_of_database:7.1f}{first.queries:6}{weights}{others}{told}"


if __name__ == "__main__":
    main()
