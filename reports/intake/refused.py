"""Reports that could not be read: kept whole with the reason, listed, given out, and forgotten after a time."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from reports.errors import NothingFound, Refusal
from reports.intake import tables
from reports.intake.claims import Claims
from reports.intake.envelope import Envelope, unpacked
from reports.intake.packing import unfold
from reports.intake.prepare import Refused
from reports.intake.redaction import Redaction
from reports.intake.setup import folder
from reports.intake.spool import Spooled, named
from reports.store.text import clean_name, clean_value


@dataclass(frozen=True, slots=True)
class RefusedReport:
    """One refused report as pages and API show it."""

    id: UUID
    received_at: datetime
    refused_at: datetime
    door: str
    sender: str
    site: str
    machine: str
    size: int
    reason: str

    @property
    def is_here(self) -> bool:
        """Whether this machine has its bytes."""
        return self.machine == socket.gethostname()


def list_refused(*, limit: int = 100, before: datetime | None = None) -> list[RefusedReport]:
    """The newest first; `before` goes on from the `received_at` of the last one shown."""
    rows = tables.Refused.objects.order_by("-received_at", "id")
    rows = rows.filter(received_at__lt=before) if before else rows
    return [_shown(row) for row in rows[:limit]]


def list_refused_by_id(ids: Collection[UUID]) -> list[RefusedReport]:
    """Those of them that are refused."""
    return [_shown(row) for row in tables.Refused.objects.filter(id__in=ids)]


def count_refused() -> int:
    """How many are kept, on all machines."""
    return tables.Refused.objects.count()


def find_refused(refused_id: UUID) -> RefusedReport:
    """One of them; NothingFound where it is not, or no longer, there."""
    row = tables.Refused.objects.filter(id=refused_id).first()
    if row is None:
        raise NothingFound(f"no refused report {refused_id} is kept")
    return _shown(row)


def refused_bytes(refused_id: UUID) -> bytes:
    """The report as its tool wrote it, without what the operator's patterns name. NothingFound on another machine."""
    file = _file_of(refused_id)
    try:
        envelope, packed = unpacked(file.read_bytes())
        body = unfold(packed, envelope.encoding, settings.FLEETVIEW_MAX_DECOMPRESSED)
    except Refusal:
        body = file.read_bytes()  # not even the envelope can be read: show all there is
    return Redaction(settings.FLEETVIEW_REDACT).raw(body)


def keep_refused(claims: Claims, spooled: Spooled, reason: str, *, now: datetime) -> None:
    """Link a claimed report to the refused ones, with its reason beside it; the caller lets go of the claim.

    After the row is committed. A drain that dies in between does both again, to the same end.
    """
    target = refused_folder() / str(spooled.id)
    told = {"reason": reason, "refused_at": now.isoformat(), "spooled": spooled.name}
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(told), encoding="utf-8")
    unfinished.replace(target.with_suffix(".json"))
    with suppress(FileExistsError):
        os.link(claims.path(spooled), target)


def refused_row(refused: Refused, *, now: datetime) -> tables.Refused:
    """What the database remembers of it."""
    envelope = refused.envelope or _nobodys(refused.spooled)
    return tables.Refused(
        id=refused.spooled.id,
        received_at=envelope.received_at,
        refused_at=now,
        door=clean_name(envelope.door),
        sender=clean_name(envelope.sender),
        site=clean_name(envelope.site),
        machine=socket.gethostname(),
        size=envelope.size,
        reason=clean_value(refused.reason),
    )


def refused_here() -> Iterator[tuple[Path, Spooled]]:
    """The refused reports whose bytes this machine has, and the names they had in the spool."""
    for told in refused_folder().glob("*.json"):
        file = told.with_suffix("")
        spooled = named(json.loads(told.read_text(encoding="utf-8"))["spooled"])
        if spooled and file.exists():
            yield file, spooled


def forget_refused(refused_id: UUID) -> None:
    """Drop its row and the reason beside its bytes; the bytes are somewhere else by now."""
    tables.Refused.objects.filter(id=refused_id).delete()
    (refused_folder() / f"{refused_id}.json").unlink(missing_ok=True)


def prune_refused(now: datetime) -> int:
    """Forget what was refused longer ago than eventful reports are kept; how many on this machine."""
    limit = now - timedelta(days=settings.FLEETVIEW_KEEP_EVENTFUL_DAYS)
    found = 0
    for told in refused_folder().glob("*.json"):
        refused_at = datetime.fromisoformat(json.loads(told.read_text(encoding="utf-8"))["refused_at"])
        if refused_at < limit:
            told.with_suffix("").unlink(missing_ok=True)
            told.unlink()
            found += 1
    tables.Refused.objects.filter(refused_at__lt=limit).delete()
    return found


def refused_folder() -> Path:
    """Where this machine keeps them; private, for they may hold anything."""
    path = folder("refused")
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _file_of(refused_id: UUID) -> Path:
    file = refused_folder() / str(refused_id)
    if not file.exists():
        raise NothingFound(f"the bytes of the refused report {refused_id} are not on this machine")
    return file


def _nobodys(spooled: Spooled) -> Envelope:
    """Stands for an envelope that could not be read."""
    received_at = datetime.fromtimestamp(spooled.received_ns / 1e9, UTC)
    return Envelope(spooled.id, door="", sender="", token_id=0, received_at=received_at, size=spooled.size)


def _shown(row: tables.Refused) -> RefusedReport:
    return RefusedReport(
        id=row.id,
        received_at=row.received_at,
        refused_at=row.refused_at,
        door=row.door,
        sender=row.sender,
        site=row.site,
        machine=row.machine,
        size=row.size,
        reason=row.reason,
    )
