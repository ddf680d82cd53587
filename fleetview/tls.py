"""The files of the address where Fleetview ends TLS itself, tried before anything starts."""

from __future__ import annotations

import ssl
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def insist_usable(certificate: Path, key: Path, client_ca: Path | None) -> None:
    """Raise ImproperlyConfigured for files that gunicorn would die of, again and again."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # Without a password to give, OpenSSL would ask for one at the terminal.
        context.load_cert_chain(certificate, key, password="")
    except OSError as error:
        raise _unusable(f"FLEETVIEW_TLS_CERTIFICATE={certificate} with FLEETVIEW_TLS_KEY={key}", error) from error
    try:
        if client_ca:
            context.load_verify_locations(client_ca)
    except OSError as error:
        raise _unusable(f"FLEETVIEW_TLS_CLIENT_CA={client_ca}", error) from error


def _unusable(what: str, error: OSError) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{what}: this cannot be used ({error.strerror or error}). All of them are PEM files.")
