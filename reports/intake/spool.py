"""The spool: where a report is safe before anybody has read it, as in Maildir.

A file is written in tmp/, synced, renamed into new/, and the folder synced: what the sender was answered is true after
a power cut. Names sort by arrival and tell both sizes, so that nobody has to open or stat a file to plan a batch.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from reports.errors import SpoolFull
from reports.intake.envelope import Envelope

_SIZE_AT: Final = 2  # place of the size in a name


@dataclass(frozen=True, slots=True, order=True)
class Spooled:
    """A file in the spool, told from its name alone."""

    received_ns: int  # nanoseconds since 1970
    id: UUID
    size: int  # bytes in the file
    unfolded: int  # bytes of the report, unpacked
    deaths: int = 0  # drains that died while they held it
    is_again: bool = False  # read before, and put back to be read again

    @property
    def name(self) -> str:
        """The file's name; as text it sorts by arrival."""
        again = "-again" if self.is_again else ""
        return f"{self.received_ns:020d}-{self.id.hex}-{self.size}-{self.unfolded}-{self.deaths}{again}"


@dataclass(frozen=True, slots=True)
class Weight:
    """What the spool holds."""

    files: int
    bytes: int
    oldest_ns: int | None  # arrival of the oldest, nanoseconds since 1970; None where nothing waits


def named(name: str) -> Spooled | None:
    """What a file's name says; None for a file that is none of ours."""
    try:
        received_ns, identity, size, unfolded, deaths, *again = name.split("-")
        spooled = Spooled(int(received_ns), UUID(hex=identity), int(size), int(unfolded), int(deaths), bool(again))
    except ValueError:
        return None
    return spooled if spooled.name == name else None


class Spool:
    """The folders of one machine's spool. Safe to use by any number of processes and threads at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tmp, self.new, self.claimed = folder / "tmp", folder / "new", folder / "claimed"
        # Text, not Path, on the way of every report: three Paths more cost as much as looking up its sender.
        self._tmp, self._new = f"{self.tmp}/", f"{self.new}/"

    def make(self) -> Spool:
        """Make the folders where they are missing, private to this user."""
        for folder in (self.folder, self.tmp, self.new, self.claimed):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def put(self, envelope: Envelope, body: bytes, *, unfolded: int) -> Spooled:
        """Keep a report safely, or raise SpoolFull: whatever the disk's trouble is, the sender may try again."""
        content = envelope.packed(body)
        received_ns = int(envelope.received_at.timestamp() * 1e9)
        spooled = Spooled(received_ns, envelope.id, len(content), unfolded)
        name = spooled.name
        try:
            _write_synced(self._tmp + name, content)
            os.rename(self._tmp + name, self._new + name)  # noqa: PTH104
            _sync_folder(self._new)
        except OSError as error:
            with suppress(OSError):
                (self.tmp / name).unlink()
            raise SpoolFull(f"this report could not be kept safely ({error.strerror}); nothing was taken") from error
        return spooled

    def pending(self) -> list[Spooled]:
        """What waits in new/, oldest first; not what a drain has claimed."""
        return sorted(_spooled_in(self.new))

    def everything(self) -> list[Spooled]:
        """All that is not stored yet, claimed or not, in no order."""
        return [spooled for folder in (self.new, *_folders_in(self.claimed)) for spooled in _spooled_in(folder)]

    def weigh(self) -> Weight:
        """What is not stored yet, claimed or not. Reads names only: a million takes half a second."""
        files = size = 0
        oldest = ""
        for folder in (self.new, *_folders_in(self.claimed)):
            for name in _names_in(folder):
                parts = name.split("-", 3)
                if len(parts) > _SIZE_AT and parts[_SIZE_AT].isdecimal() and parts[0].isdecimal():
                    files += 1
                    size += int(parts[_SIZE_AT])
                    oldest = min(oldest, name) if oldest else name
        return Weight(files, size, int(oldest.partition("-")[0]) if oldest else None)

    def sweep(self, *, older_than_seconds: float) -> int:
        """Unlink what doors that died left half-written in tmp/; the number of files. None of it was ever answered."""
        limit, swept = time.time() - older_than_seconds, 0
        for file in self.tmp.iterdir():
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < limit:
                    file.unlink()
                    swept += 1
        return swept


def _spooled_in(folder: Path) -> list[Spooled]:
    return [spooled for name in _names_in(folder) if (spooled := named(name))]


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each of a million names would cost five times as much
    except FileNotFoundError:
        return []


def _folders_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _write_synced(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
