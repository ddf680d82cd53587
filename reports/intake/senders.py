"""Who may send: the doors' own copy of the tokens, so that they need no database.

Whoever reaches PostgreSQL writes it (the drain every few seconds, issue and revoke at once); doors read it again when
the file has changed. It holds digests of long random tokens, never a token.
"""

from __future__ import annotations

import logging
import os
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from reports.intake.digest import is_same

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """A token or certificate as the doors need it. `tool` None: any tool's doors."""

    id: int  # of the row in `token`
    name: str
    scope: str
    site: str
    digest: str | None = None
    certificate: str | None = None
    tool: str | None = None
    organization: str | None = None
    expires_at: datetime | None = None

    def is_expired(self, now: datetime) -> bool:
        """Whether it was valid once and is no more."""
        return self.expires_at is not None and self.expires_at <= now


class Senders:
    """The senders of the newest snapshot; empty while none was ever written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._by_digest: dict[str, Sender] = {}
        self._by_certificate: dict[str, list[Sender]] = {}

    def with_digest(self, digest: str) -> Sender | None:
        """The sender whose token has this SHA-256."""
        self._refresh()
        found = self._by_digest.get(digest)
        return found if found and found.digest and is_same(found.digest, digest) else None

    def with_certificate(self, common_name: str) -> list[Sender]:
        """The rules for a certificate's common name: those that name it first, then those for any name."""
        self._refresh()
        return self._by_certificate.get(common_name, []) + self._by_certificate.get("*", [])

    def _refresh(self) -> None:
        try:
            stat = os.stat(self._path)  # noqa: PTH116 - on the way of every report: half the time of Path.stat
        except OSError:
            return  # what was read last still holds
        stamp = (stat.st_mtime_ns, stat.st_ino)
        if stamp == self._stamp:
            return
        with self._lock:
            try:
                senders = _decode(self._path.read_bytes())
            except (OSError, msgspec.DecodeError, UnicodeDecodeError):
                logger.exception("The snapshot of senders cannot be read; the one before it still holds.")
                self._stamp = stamp
                return
            by_certificate: dict[str, list[Sender]] = {}
            for sender in senders:
                if sender.certificate:
                    by_certificate.setdefault(sender.certificate, []).append(sender)
            self._by_digest = {sender.digest: sender for sender in senders if sender.digest}
            self._by_certificate = by_certificate
            self._stamp = stamp


_decode = msgspec.json.Decoder(list[Sender]).decode


def write_senders(path: Path, senders: list[Sender]) -> None:
    """Replace the snapshot in one step, unless it says the same already.

    It is given to whom the folder belongs to: a token is easily made as root, beside doors that do not run as root.
    """
    content = msgspec.json.encode(senders)
    with suppress(FileNotFoundError, PermissionError):
        if path.read_bytes() == content:
            return
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - the mode
        folder = path.parent.stat()
        with suppress(PermissionError):  # only root may give files away
            os.fchown(file.fileno(), folder.st_uid, folder.st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
