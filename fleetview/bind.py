"""What follows from the address that is listened on."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
_LAST_PORT = 65535
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


def insist_free(bind: str, setting: str = "FLEETVIEW_BIND") -> None:
    """Raise ImproperlyConfigured where nothing can listen: gunicorn would try for ever while somebody else answers."""
    host, colon, port = bind.rpartition(":")
    if not (colon and port.isdecimal() and int(port) <= _LAST_PORT):
        raise _cannot_listen(bind, setting, "no ADDRESS:PORT")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except OSError as error:
        raise _cannot_listen(bind, setting, error.strerror) from error


def _cannot_listen(bind: str, setting: str, reason: str | None) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"Cannot listen on {bind} ({reason}): set {setting} to a free ADDRESS:PORT, such as 127.0.0.1:8001."
    )


def address(bind: str) -> str:
    """The address to tell people who sit at this machine."""
    host, _, port = bind.rpartition(":")
    return f"http://{'127.0.0.1' if host in _EVERY_ADDRESS else host}:{port}"
