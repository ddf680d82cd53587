"""Decide who is at the door, from the snapshot of senders alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.adapters.contract import Credential, Door
from reports.errors import NotAllowed, Refusal, UnknownSender
from reports.intake.credentials import Proxies, certificate_name, tokens
from reports.intake.digest import digest_of
from reports.intake.senders import Sender, Senders


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is at the door; `speaks_for` is the only node that it may speak for, None where it may for any."""

    sender: Sender
    speaks_for: str | None = None

    @property
    def name(self) -> str:
        """What a report remembers of its sender: a certificate for any name goes by its own."""
        return self.speaks_for or self.sender.name


@dataclass(frozen=True, slots=True)
class Gate:
    """A door of one tool, and what it knows about senders and proxies."""

    door: Door
    tool: str
    senders: Senders
    proxies: Proxies

    def admit(self, environ: Mapping[str, Any], query: Mapping[str, str], now: datetime) -> Guest:
        """The first credential that this door may take; else UnknownSender, or NotAllowed for a known sender."""
        refusals: list[Refusal] = []
        for token in tokens(self.door, environ, query):
            sender = self.senders.with_digest(digest_of(token))
            refusal = self._objection(sender, now) if sender else _unknown_token()
            if sender and not refusal:
                return Guest(sender)
            refusals += [refusal] if refusal else []
        if Credential.CERTIFICATE in self.door.credentials and (name := certificate_name(environ, self.proxies)):
            guest = self._certified(name, now, refusals)
            if guest and not (refusal := self._speaks_for_another(guest, query)):
                return guest
            refusals += [refusal] if guest and refusal else []
        raise next((refusal for refusal in refusals if isinstance(refusal, NotAllowed)), None) or (
            refusals[0] if refusals else _no_credential(self.door)
        )

    def _certified(self, name: str, now: datetime, refusals: list[Refusal]) -> Guest | None:
        """The first rule that takes this name; why each other one does not goes to `refusals`."""
        for rule in self.senders.with_certificate(name):
            refusal = self._objection(rule, now)
            if not refusal:
                return Guest(rule, speaks_for=name if rule.certificate == "*" else None)
            refusals.append(refusal)
        refusals.append(
            UnknownSender(
                f"the certificate of {name!r} is valid, but nobody has trusted it to send. "
                f"On this server: manage.py trust_certificate {name}"
            )
        )
        return None

    def _objection(self, sender: Sender, now: datetime) -> Refusal | None:
        if sender.is_expired(now):
            return UnknownSender(
                f"the token of {sender.name!r} has expired. On this server: "
                f"manage.py issue_token {sender.name} --scope {sender.scope}"
            )
        if sender.scope != "send":
            return NotAllowed(
                f"the token of {sender.name!r} may only read. To send, make one by: "
                f"manage.py issue_token {sender.name} --scope send"
            )
        if sender.tool and sender.tool != self.tool:
            return NotAllowed(
                f"{sender.name!r} may only send reports of {sender.tool}, and this is the door of {self.tool}"
            )
        return None

    def _speaks_for_another(self, guest: Guest, query: Mapping[str, str]) -> Refusal | None:
        """A query that names another node. One that names none is kept: the drain compares with the report itself."""
        named = query.get(self.door.named_by or "", guest.speaks_for)
        if guest.speaks_for is None or named is None or named.lower() == guest.speaks_for.lower():
            return None
        return NotAllowed(
            f"the certificate of {guest.speaks_for!r} may speak for itself alone, not for {named!r}. "
            f"To let it: manage.py trust_certificate {guest.speaks_for}"
        )


def _unknown_token() -> Refusal:
    return UnknownSender(
        "this token is not known here, or was revoked. A new one is made on this server by: "
        "manage.py issue_token NAME --scope send"
    )


def _no_credential(door: Door) -> Refusal:
    ways = {
        Credential.BEARER: "Authorization: Bearer TOKEN",
        Credential.BASIC: "Authorization: Basic with the token as the password",
        Credential.QUERY: "?token=TOKEN in the address",
        Credential.HEADER: f"the header {door.token_header}: TOKEN",
        Credential.CERTIFICATE: "a client certificate that this server trusts",
    }
    return UnknownSender(
        "say who you are, by one of: " + "; ".join(ways[credential] for credential in door.credentials)
    )
