"""One server for one data folder: the second one is told so, and a lock dies with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):
    """Another process serves this data folder; `str()` says which."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data folder. The lock is the kernel's, so nothing stale is ever left to be removed by hand."""
    with (data_dir / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise AlreadyServed(
                f"Fleetview already runs on {data_dir} (process {lock.read().strip() or 'unknown'}). Stop it first, or "
                "set FLEETVIEW_DATA_DIR and FLEETVIEW_BIND to run a second one."
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
