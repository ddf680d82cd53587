"""The server that mails are handed to, as FLEETVIEW_SMTP_URL names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """`is_tls`: TLS from the first byte; `starts_tls`: it is begun after the greeting, and insisted on."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    starts_tls: bool = False


def read_mail_server(url: str, sender: str) -> MailServer | None:
    """None where no mail is sent. Raises ImproperlyConfigured, without the password."""
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _PORTS or not parts.hostname or port == -1 or parts.path not in ("", "/"):
        raise ImproperlyConfigured(
            "FLEETVIEW_SMTP_URL: this has to be like smtp+starttls://USER:PASSWORD@HOST:587, smtps://HOST or smtp://HOST."
            " See docs/settings.md."
        )
    if "@" not in parseaddr(sender)[1]:
        raise ImproperlyConfigured(
            f"FLEETVIEW_MAIL_FROM={sender!r}: FLEETVIEW_SMTP_URL needs an address that mails come from beside it,"
            " such as fleetview@example.net. See docs/settings.md."
        )
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        starts_tls=parts.scheme == "smtp+starttls",
    )
