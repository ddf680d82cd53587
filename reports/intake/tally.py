"""Count what a door takes and drops on purpose: one short line a report, kept over restarts, gathered by the drain."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

Dropped = Literal["shed", "ignored"]
_KINDS: Final[dict[str, Dropped]] = {"shed": "shed", "ignored": "ignored"}


@dataclass(frozen=True, slots=True)
class Drop:
    """One kind of drop at one door from one sender on one day (UTC)."""

    day: date
    door: str
    sender: str
    kind: Dropped


class Tally:
    """The file that doors append to. A line is one write, so that no process cuts into another's."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tally"

    def add(self, drop: Drop) -> None:
        """Count one. A disk that cannot take even this loses the count, never the answer."""
        line = f"{drop.day.isoformat()}\t{drop.kind}\t{drop.door}\t{' '.join(drop.sender.split())}\n"
        with suppress(OSError):
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(descriptor, line.encode("utf-8", "backslashreplace"))
            finally:
                os.close(descriptor)

    def take(self) -> list[Path]:
        """The files that are complete: those set aside by earlier calls. Sets the open one aside for the next call,

        so that a door which has it open right now has finished its line by then.
        """
        complete = sorted(self._file.parent.glob("tally.*"))
        with suppress(FileNotFoundError):
            self._file.rename(self._file.with_name(f"tally.{uuid.uuid4().hex}"))
        return complete


def read_tally(file: Path) -> Counter[Drop]:
    """How many of each. A line that is not ours, or was cut short by a full disk, is passed over."""
    drops: Counter[Drop] = Counter()
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError, KeyError):
            day, kind, door, sender = line.split("\t")
            drops[Drop(date.fromisoformat(day), door, sender, _KINDS[kind])] += 1
    return drops
