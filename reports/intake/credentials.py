"""What a request brings to say who it is: tokens in all the places senders put them, and a certificate's name."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.adapters.contract import Credential, Door

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TOKEN_QUERY: Final = "token"  # noqa: S105 - the parameter's name


@dataclass(frozen=True, slots=True)
class Proxies:
    """Who may end TLS in front of us, and the headers in which it tells what it saw (as keys of a WSGI environ)."""

    networks: Sequence[Network]
    dn_header: str
    verify_header: str


def header_key(name: str) -> str:
    """A header's name as WSGI spells it."""
    return "HTTP_" + name.upper().replace("-", "_")


def tokens(door: Door, environ: Mapping[str, Any], query: Mapping[str, str]) -> Iterator[str]:
    """Every token that the request carries where this door takes one."""
    scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if Credential.BEARER in door.credentials and scheme.lower() == "bearer":
        yield value.strip()
    if Credential.BASIC in door.credentials and scheme.lower() == "basic" and (password := _password(value)):
        yield password
    if Credential.QUERY in door.credentials and (token := query.get(TOKEN_QUERY)):
        yield token
    header = header_key(door.token_header or "")
    if Credential.HEADER in door.credentials and (token := environ.get(header)):
        yield token


def certificate_name(environ: Mapping[str, Any], proxies: Proxies) -> str | None:
    """Common name of the client certificate that gunicorn or a trusted proxy has verified; None without one."""
    connection = environ.get("gunicorn.socket")
    if isinstance(connection, ssl.SSLSocket):
        certificate = connection.getpeercert() or {}
        subject: Any = certificate.get("subject", ())
        return _only([value for pairs in subject for name, value in pairs if name == "commonName"])
    if not _comes_from(environ.get("REMOTE_ADDR", ""), proxies.networks):
        return None
    if environ.get(proxies.verify_header) != "SUCCESS":
        return None
    return common_name(environ.get(proxies.dn_header, ""))


_RFC_2253_NAME: Final = re.compile(r"(?:^|[,+])\s*CN\s*=((?:[^\\,+]|\\.)*)", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\(.)")


def common_name(distinguished_name: str) -> str | None:
    """The one common name in `CN=web01,O=x` or in the older `/O=x/CN=web01`; None where there is not exactly one."""
    if distinguished_name.startswith("/"):
        parts = distinguished_name.split("/")
        return _only([part[3:] for part in parts if part[:3].upper() == "CN="])
    return _only([_ESCAPED.sub(r"\1", found).strip() for found in _RFC_2253_NAME.findall(distinguished_name)])


def _only(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 and names[0] else None


def _password(basic: str) -> str | None:
    try:
        decoded = base64.b64decode(basic.strip(), validate=True).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        return None
    return decoded.partition(":")[2] or None


def _comes_from(address: str, networks: Sequence[Network]) -> bool:
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False  # a unix socket has none
    return any(peer in network for network in networks)
