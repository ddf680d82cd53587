"""Where a request comes from: the peer, or who a trusted proxy says it asked for."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORWARDED: Final = "HTTP_X_FORWARDED_FOR"


def address_of(request: HttpRequest) -> str | None:
    """The address that asked; None where there is none, as on a unix socket."""
    told = find_address(
        str(request.META.get("REMOTE_ADDR", "")),
        str(request.META.get(_FORWARDED, "")),
        settings.FLEETVIEW_TRUSTED_PROXIES,
    )
    return None if told is None else str(told)


def find_address(peer: str, forwarded: str, trusted: Sequence[Network]) -> Address | None:
    """`forwarded` is the header X-Forwarded-For. Each proxy adds to its end who asked it, so it is read from there.

    Only what a proxy in FLEETVIEW_TRUSTED_PROXIES wrote is believed: anything before it may be a browser's invention.
    """
    asked = _read(peer)
    for word in reversed(forwarded.split(",")):
        if asked is None or not any(asked in network for network in trusted):
            break
        before = _read(word.strip())
        if before is None:
            break  # the proxy does not know either
        asked = before
    return asked


def _read(text: str) -> Address | None:
    """An address; some proxies write a port behind it, and IPv6 in brackets."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
