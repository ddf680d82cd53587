"""What the door writes on a report: who sent it, where, when, and how its bytes are packed.

A spooled file is one line of JSON and then the bytes, and so are kept and refused files; nothing beside it is needed to
read it again, on any machine and by a later version.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from reports.errors import UnreadableReport

PLAIN, GZIP, ZSTD = "", "gzip", "zstd"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One report's way in. `speaks_for` names the only node that the sender's certificate may speak for."""

    id: UUID
    door: str
    sender: str
    token_id: int  # the credential that let it in
    received_at: datetime
    site: str = "main"
    organization: str | None = None
    speaks_for: str | None = None
    query: Mapping[str, str] = field(default_factory=dict)  # without the token
    headers: Mapping[str, str] = field(default_factory=dict)  # those that the door keeps
    encoding: str = PLAIN  # how the bytes lie in the file
    size: int = 0  # bytes as sent

    def packed(self, body: bytes) -> bytes:
        """The file: this envelope, a line's end, the bytes."""
        return b"%b\n%b" % (_encode(self), body)

    def sent_as(self, encoding: str, size: int) -> Envelope:
        """The same way in, with how the sender packed the bytes and how many it sent."""
        return replace(self, encoding=encoding, size=size)

    def repacked(self, encoding: str) -> Envelope:
        """The same way in, around bytes packed otherwise."""
        return replace(self, encoding=encoding)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Envelope).decode


def new_id() -> UUID:
    """The name under which a report is known from its door on, until it is a run."""
    return uuid.uuid4()


def unpacked(content: bytes) -> tuple[Envelope, bytes]:
    """Envelope and bytes of a spooled file. UnreadableReport for a file that no door wrote."""
    line, end, body = content.partition(b"\n")
    try:
        envelope = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableReport(f"this file in the spool was not written by a door: {error}") from error
    if not end or envelope.received_at.tzinfo is None:
        raise UnreadableReport("this file in the spool was not written by a door: it is cut short")
    return replace(envelope, received_at=envelope.received_at.astimezone(UTC)), body
