"""How full the spool is, cheaply enough to ask before every report, and what that means for the next one."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reports.errors import SpoolFull
from reports.intake.spool import Spool, Spooled

_PRESSURE: Final = 0.5  # of a bound: from here on what may be shed is shed, so that run reports have the other half
_LEAST_SECONDS: Final = 0.5  # between two counts
_COUNTS_SHARE: Final = 50  # a count of a million names takes half a second: spend at most a fiftieth of the time on it


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the spool may take of the disk. `free_floor` is left to everything else on it, PostgreSQL among it."""

    most_bytes: int
    most_files: int
    free_floor: int


class Fullness:
    """The count of one process: taken from the folders now and then, and carried on with what it put there itself.

    Other processes' reports are seen at the next count, so a bound may be overrun by what they take in between.
    """

    def __init__(self, spool: Spool, bounds: Bounds, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._spool, self._bounds, self._clock = spool, bounds, clock
        self._lock = threading.Lock()
        self._files = self._bytes = 0
        self._count_at = float("-inf")

    def check(self, size: int) -> None:
        """SpoolFull when `size` more bytes would be too many."""
        self._count_again_if_old()
        bounds = self._bounds
        if self._files + 1 > bounds.most_files:
            raise SpoolFull(f"the spool holds {bounds.most_files} reports, its limit: is the drain running?")
        if self._bytes + size > bounds.most_bytes:
            raise SpoolFull(f"the spool holds {bounds.most_bytes} bytes, its limit: is the drain running?")
        if self._free() - size < bounds.free_floor:
            raise SpoolFull(f"the disk of the spool has less than {bounds.free_floor} bytes left")

    def is_under_pressure(self) -> bool:
        """Whether what may be shed should be."""
        self._count_again_if_old()
        bounds = self._bounds
        return (
            self._files > bounds.most_files * _PRESSURE
            or self._bytes > bounds.most_bytes * _PRESSURE
            or self._free() * _PRESSURE < bounds.free_floor
        )

    def add(self, spooled: Spooled) -> None:
        """Carry on with a report that this process has put into the spool."""
        with self._lock:
            self._files += 1
            self._bytes += spooled.size

    def _free(self) -> int:
        try:
            disk = os.statvfs(self._spool.folder)
        except OSError as error:
            raise SpoolFull(f"the spool cannot be reached ({error.strerror})") from error
        return disk.f_bavail * disk.f_frsize

    def _count_again_if_old(self) -> None:
        if self._clock() < self._count_at or not self._lock.acquire(blocking=False):
            return
        try:
            began = self._clock()
            weight = self._spool.weigh()
            self._files, self._bytes = weight.files, weight.bytes
            ended = self._clock()
            self._count_at = ended + max(_LEAST_SECONDS, (ended - began) * _COUNTS_SHARE)
        finally:
            self._lock.release()
