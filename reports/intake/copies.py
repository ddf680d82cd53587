"""Know a report again that was sent twice in a row, byte for byte, although it tells neither its run nor a time.

Nearly every report names its run. A complaint without a job id and without a time is told apart by its arrival alone;
a copy that follows soon is therefore read as of the arrival of the first, and comes to the same run. What was first is
remembered in files, so that any drain knows it, also after a crash.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from reports.intake.envelope import Envelope

_SOON: Final = timedelta(minutes=10)  # a sender that tries again does so by then, and hardly any tool runs as often


class Copies:
    """The reports of the last minutes that only their arrival tells apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)

    def as_first(self, envelope: Envelope, body: bytes) -> Envelope:
        """The envelope with the arrival of the first copy, where this one is not the first."""
        mark = self._folder / _key(envelope, body)
        with suppress(OSError, ValueError):  # a mark that is missing or cut short marks nothing
            first = datetime.fromisoformat(mark.read_text(encoding="ascii"))
            if abs(envelope.received_at - first) <= _SOON:
                return replace(envelope, received_at=first)
        with suppress(OSError):  # a full disk: at worst the copy is a run of its own
            mark.write_text(envelope.received_at.isoformat(), encoding="ascii")
        return envelope

    def forget(self, now: datetime) -> None:
        """Drop the marks that are too old to matter."""
        limit = (now - 2 * _SOON).timestamp()
        for mark in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another drain was faster
                if mark.stat().st_mtime < limit:
                    mark.unlink()


def _key(envelope: Envelope, body: bytes) -> str:
    digest = hashlib.blake2b(body, digest_size=16)
    digest.update(repr((envelope.door, envelope.sender, sorted(envelope.query.items()))).encode("utf-8", "replace"))
    return digest.hexdigest()
