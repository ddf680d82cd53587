"""The way of one report, from its file to what the store takes. Touches no database: it can be done again at will."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reports.adapters.contract import Reading, Report
from reports.adapters.discovery import doors
from reports.errors import Refusal, UnreadableReport
from reports.intake.claims import Claims
from reports.intake.copies import Copies
from reports.intake.envelope import Envelope, unpacked
from reports.intake.packing import unfold
from reports.intake.redaction import Redaction
from reports.intake.spool import Spooled
from reports.run import Inventory, Run, to_milliseconds

logger = logging.getLogger(__name__)

MOST_DEATHS = 5


@dataclass(frozen=True, slots=True)
class Understood:
    """A report that was read, with its bytes as the tool wrote them."""

    spooled: Spooled
    envelope: Envelope
    body: bytes
    runs: tuple[Run, ...]
    inventories: tuple[Inventory, ...]
    reason: str | None = None  # why parts of it were refused although the rest counts


@dataclass(frozen=True, slots=True)
class Refused:
    """A report that was not. `envelope` is None where not even that could be read."""

    spooled: Spooled
    envelope: Envelope | None
    reason: str


Prepared = Understood | Refused


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs beside the report."""

    claims: Claims
    copies: Copies
    redaction: Redaction
    most_unfolded: int


def prepare(reader: Reader, spooled: Spooled) -> Prepared:
    """All steps for one report. Whatever goes wrong is this report's own trouble: it comes back as Refused.

    OSError where the disk does not give it: that is the disk's trouble, or that of its permissions.
    """
    envelope: Envelope | None = None
    content = reader.claims.path(spooled).read_bytes()
    try:
        if spooled.deaths >= MOST_DEATHS:
            raise UnreadableReport(f"{MOST_DEATHS} drains died while they were reading this report")
        envelope, packed = unpacked(content)
        body = unfold(packed, envelope.encoding, reader.most_unfolded)
        reading = read(envelope, body)
        if is_told_by_arrival(envelope, reading):
            envelope = reader.copies.as_first(envelope, body)
            reading = read(envelope, body)
        speaks_for_itself(envelope, reading)
        return redacted(_understood(spooled, envelope, body, reading), reader.redaction)
    except Refusal as refusal:
        return Refused(spooled, envelope, reader.redaction.text(str(refusal)))
    except Exception as error:  # an adapter's mistake: one report may not stop all others
        logger.exception("Report %s could not be read", spooled.id)
        return Refused(spooled, envelope, reader.redaction.text(f"reading it failed unexpectedly: {_name(error)}"))


def read(envelope: Envelope, body: bytes) -> Reading:
    """What the tool's adapter makes of it."""
    found = doors().get(envelope.door)
    if found is None:
        raise UnreadableReport(f"no adapter here has the door {envelope.door!r} that this report came in by")
    adapter, _ = found
    return adapter.read(Report(envelope.door, body, envelope.received_at, envelope.query, envelope.headers))


def is_told_by_arrival(envelope: Envelope, reading: Reading) -> bool:
    """Whether a run has nothing but its arrival to be dated by: it begins in the very millisecond in which it came."""
    arrived_at = to_milliseconds(envelope.received_at)
    return any(run.started_at == arrived_at for run in reading.runs)


def speaks_for_itself(envelope: Envelope, reading: Reading) -> None:
    """Refuse what a certificate of any name tells of another node than its own."""
    own = envelope.speaks_for
    if own is None:
        return
    for node in [run.node for run in reading.runs] + [inventory.node for inventory in reading.inventories]:
        if node.lower() != own.lower():
            raise UnreadableReport(f"the certificate of {own!r} may speak for itself alone, and this is of {node!r}")


def redacted(understood: Understood, redaction: Redaction) -> Understood:
    """Without what the operator's patterns name. The bytes follow when they are kept: most never are."""
    if redaction.is_empty:
        return understood
    return replace(
        understood,
        runs=tuple(map(redaction.run, understood.runs)),
        inventories=tuple(map(redaction.inventory, understood.inventories)),
    )


def _understood(spooled: Spooled, envelope: Envelope, body: bytes, reading: Reading) -> Understood:
    reason = _joined(reading.refusals)
    if reason and not reading.runs and not reading.inventories:
        raise UnreadableReport(reason)
    return Understood(spooled, envelope, body, reading.runs, reading.inventories, reason)


def _joined(refusals: Iterable[UnreadableReport]) -> str | None:
    return "; ".join(map(str, refusals)) or None


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
