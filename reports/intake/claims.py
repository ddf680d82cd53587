"""What one drain has taken out of the spool to work on, so that no other does, and any other can once it is dead.

A drain's claims lie in a folder of its own; beside it a lock file that it holds for as long as it lives. The kernel
lets go of the lock whatever kills the drain, so a free lock is proof that its claims belong to nobody. In the lock file
it notes what it is at, so that its death counts against what it may have died of and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reports.intake.spool import Spool, Spooled, named

_SAVING: Final = "saving"  # noted in place of a report's name
_NOTHING: Final = ""
_LONGEST_NOTE: Final = 256  # bytes; a name has less than a hundred


@dataclass(frozen=True, slots=True)
class Portion:
    """How much is claimed at once: reports, and bytes of them when unpacked. One report is always enough."""

    files: int = 200
    unfolded: int = 32 * 2**20


class Claims:
    """The claims of this process. `close` gives back what was not finished."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._waiting: deque[Spooled] = deque()
        name = f"{os.getpid()}-{uuid.uuid4().hex}"
        self._lock_path = spool.claimed / f"{name}.lock"
        self._lock = _held_lock(self._lock_path)
        self.folder = spool.claimed / name
        self.folder.mkdir(mode=0o700)

    def claim(self, portion: Portion) -> list[Spooled]:
        """The oldest reports that nobody has claimed, in order of arrival; empty when there are none.

        One that a drain died of before comes after all others and alone, so that it can neither take any with it again
        nor hold them up.
        """
        if not self._waiting:
            self._waiting.extend(sorted(self._spool.pending(), key=lambda spooled: spooled.deaths > 0))
        claimed: list[Spooled] = []
        unfolded = 0
        while self._waiting and len(claimed) < portion.files:
            spooled = self._waiting[0]
            if claimed and (spooled.deaths or unfolded + spooled.unfolded > portion.unfolded):
                break
            self._waiting.popleft()
            if self._take(spooled):
                claimed.append(spooled)
                unfolded += spooled.unfolded
                if spooled.deaths:
                    break
        return claimed

    @property
    def knows_more(self) -> bool:
        """Whether the last look into the spool found more than was claimed since."""
        return bool(self._waiting)

    def path(self, spooled: Spooled) -> Path:
        """Where a claimed report lies."""
        return self.folder / spooled.name

    def done(self, spooled: Spooled) -> None:
        """Forget a report that is safe elsewhere, or needs to be nowhere."""
        self.path(spooled).unlink(missing_ok=True)

    def note_reading(self, spooled: Spooled) -> None:
        """From now on a death of this drain counts against this report."""
        self._note(spooled.name)

    def note_saving(self) -> None:
        """From now on a death makes all that is claimed suspect, but never counts twice against any of it.

        It is more often the database's fault, or an operator's whose patience with it has ended.
        """
        self._note(_SAVING)

    def note_nothing(self) -> None:
        """From now on a death says nothing about any report."""
        self._note(_NOTHING)

    def take_over(self) -> int:
        """Put back what dead drains had claimed, with one more death where it may have been the cause; how many."""
        found = 0
        for lock_path in self._spool.claimed.glob("*.lock"):
            if lock_path != self._lock_path and (lock := _free_lock(lock_path)) is not None:
                folder = lock_path.with_suffix("")
                found += self._put_back(folder, _noted(lock))
                lock_path.unlink(missing_ok=True)
                os.close(lock)
        return found

    def close(self) -> None:
        """Give back what is left and let go of the lock."""
        self._put_back(self.folder, _NOTHING)
        self._lock_path.unlink(missing_ok=True)
        os.close(self._lock)

    def _take(self, spooled: Spooled) -> bool:
        try:
            (self._spool.new / spooled.name).rename(self.path(spooled))
        except FileNotFoundError:
            return False  # another drain was faster
        return True

    def _note(self, what: str) -> None:
        with suppress(OSError):  # a full disk: at worst a death goes unnoticed
            os.pwrite(self._lock, f"{what}\n".encode("ascii"), 0)

    def _put_back(self, folder: Path, noted: str) -> int:
        found = 0
        with suppress(FileNotFoundError):
            for file in folder.iterdir():
                if spooled := named(file.name):
                    file.rename(self._spool.new / replace(spooled, deaths=_deaths(spooled, noted)).name)
                    found += 1
                else:
                    file.unlink()  # ours, half-written: see kept.py
            folder.rmdir()
        return found


def _deaths(spooled: Spooled, noted: str) -> int:
    """How many there are with that of a drain which had noted this."""
    if noted == spooled.name:
        return spooled.deaths + 1
    return max(spooled.deaths, 1) if noted == _SAVING else spooled.deaths


def _noted(lock: int) -> str:
    """The first line; what stands behind it is left from longer notes."""
    return os.pread(lock, _LONGEST_NOTE, 0).decode("ascii", "replace").partition("\n")[0]


def _held_lock(path: Path) -> int:
    """A new lock file, locked. Once more where somebody else took the file for a dead drain's in between."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if _is_still(descriptor, path):
            return descriptor
        os.close(descriptor)


def _free_lock(path: Path) -> int | None:
    """The lock of a dead drain, now ours; None while its owner lives or when another took it first."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = _is_still(descriptor, path)
    except BlockingIOError:
        is_ours = False
    if not is_ours:
        os.close(descriptor)
        return None
    return descriptor


def _is_still(descriptor: int, path: Path) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
