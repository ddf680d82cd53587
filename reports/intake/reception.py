"""What happens to one request at a door: who is it, is it whole, is it kept. Knows no HTTP but the WSGI environ."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from reports.adapters.contract import Arrival, Door, Verdict
from reports.errors import NotAllowed, Refusal
from reports.intake.authentication import Gate, Guest
from reports.intake.body import encoding_of, read_body
from reports.intake.credentials import TOKEN_QUERY, header_key
from reports.intake.envelope import PLAIN, ZSTD, Envelope, new_id
from reports.intake.fullness import Fullness
from reports.intake.packing import packed, unfolded_size
from reports.intake.rate import Rate
from reports.intake.spool import Spool
from reports.intake.tally import Drop, Dropped, Tally

logger = logging.getLogger(__name__)

_MOST_PARAMETERS: Final = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes that a body may have as sent, and unpacked."""

    body: int
    unfolded: int


@dataclass(frozen=True, slots=True)
class Cloakroom:
    """Where the doors of this process put what they take."""

    spool: Spool
    fullness: Fullness
    tally: Tally
    rate: Rate
    limits: Limits


def receive(gate: Gate, cloakroom: Cloakroom, environ: Mapping[str, Any], now: datetime) -> None:
    """Take one report; a Refusal says why it was not taken. After a return the sender may forget it."""
    query = read_query(environ)
    guest = gate.admit(environ, query, now)
    encoding = encoding_of(environ)
    body = read_body(environ, cloakroom.limits.body)
    query.pop(TOKEN_QUERY, None)
    verdict = _judge(gate.door, Arrival(query, _headers(environ), body))
    if verdict is Verdict.REJECT:
        raise Refusal(f"this is not a message that the door of {gate.tool} knows")
    if dropped := _dropped(verdict, cloakroom, guest):
        cloakroom.tally.add(Drop(now.date(), gate.door.name, guest.name, dropped))
        return
    unfolded = unfolded_size(body, encoding, cloakroom.limits.unfolded)
    envelope = _envelope(gate.door, guest, query, environ, now)
    _keep(cloakroom, envelope.sent_as(encoding, len(body)), body, unfolded)


def read_query(environ: Mapping[str, Any]) -> dict[str, str]:
    """The query's parameters; of one that is given twice the last."""
    text = environ.get("QUERY_STRING", "").encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS))
    except ValueError as error:
        raise Refusal(f"the address has more than {_MOST_PARAMETERS} parameters") from error


def _judge(door: Door, arrival: Arrival) -> Verdict:
    """The adapter's verdict. Where its judgement fails the report is kept, for its reader to look at in peace."""
    try:
        return door.judge(arrival)
    except Exception:
        logger.exception("The door %s could not judge what came in; it is kept", door.name)
        return Verdict.KEEP


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    """All headers, as adapters know them: in lower case."""
    headers = {key[5:].replace("_", "-").lower(): value for key, value in environ.items() if key.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE") or ""
    return headers


def _dropped(verdict: Verdict, cloakroom: Cloakroom, guest: Guest) -> Dropped | None:
    """Why this is answered with success and not kept; None to keep it. NotAllowed for a report from a wild sender."""
    if verdict is Verdict.IGNORE:
        return "ignored"
    is_too_often = not cloakroom.rate.allows(guest.name, time.monotonic())
    if verdict is Verdict.MAY_SHED:
        return "shed" if is_too_often or cloakroom.fullness.is_under_pressure() else None
    if is_too_often:
        # Not 429 and no Retry-After: some senders stop reporting or wait in the middle of a run when they see one.
        raise NotAllowed(f"{guest.name!r} sends more reports than FLEETVIEW_SENDER_RATE allows; this one is not taken")
    return None


def _envelope(
    door: Door, guest: Guest, query: Mapping[str, str], environ: Mapping[str, Any], now: datetime
) -> Envelope:
    headers = {name: environ[key] for name in door.keeps_headers if (key := header_key(name)) in environ}
    return Envelope(
        id=new_id(),
        door=door.name,
        sender=guest.name,
        token_id=guest.sender.id,
        received_at=now,
        site=guest.sender.site,
        organization=guest.sender.organization,
        speaks_for=guest.speaks_for,
        query=query,
        headers=headers,
    )


def _keep(cloakroom: Cloakroom, envelope: Envelope, body: bytes, unfolded: int) -> None:
    """Into the spool: as sent where the sender packed it, else packed by us."""
    if envelope.encoding == PLAIN:
        envelope, body = envelope.repacked(ZSTD), packed(body)
    cloakroom.fullness.check(len(body))
    cloakroom.fullness.add(cloakroom.spool.put(envelope, body, unfolded=unfolded))
