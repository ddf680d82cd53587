"""What follows from the address that is listened on."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
_EVERY_ADDRESS = {"", "0.0.0.0", "[::]"}  # noqa: S104 - compared with, not bound


def hosts_allowed(url: str | None, bind: str) -> list[str]:
    """The Host headers that pages answer to, where the operator named none: see FLEETVIEW_ALLOWED_HOSTS."""
    public = urlsplit(url).hostname if url else None
    if public:
        return [public, *_LOOPBACK]
    host = bind.rpartition(":")[0]
    if host in _EVERY_ADDRESS:
        return ["*"]  # reachable by names that cannot be known here
    return [host, socket.gethostname().lower(), *_LOOPBACK]


def address(bind: str) -> str:
    """The address to tell people who sit at this machine."""
    host, _, port = bind.rpartition(":")
    return f"http://{'127.0.0.1' if host in _EVERY_ADDRESS else host}:{port}"
