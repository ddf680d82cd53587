"""Which PostgreSQL Django talks to: the one that FLEETVIEW_DATABASE_URL names, else the embedded one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg2 import ProgrammingError
from psycopg2.extensions import parse_dsn

from fleetview.postgres.place import DATABASE, ROLE, Place

_DJANGO_WORDS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
_LIKE_THIS = "write postgresql://USER:PASSWORD@HOST:PORT/NAME, with %-escapes in user and password."


def database(url: str, place: Place) -> dict[str, Any]:
    """One entry of Django's DATABASES; an empty URL means the embedded server of `place`."""
    return named(url) if url else embedded(place)


def named(url: str) -> dict[str, Any]:
    """A PostgreSQL URL, read by libpq itself: sslmode, unix sockets and several hosts mean what they mean there.

    A database name is required: guessing it from the user's name, as libpq does, hides a mistake.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"FLEETVIEW_DATABASE_URL is no PostgreSQL URL: {_LIKE_THIS}")
    try:
        parts = parse_dsn(url)
    except ProgrammingError:
        # Without libpq's own words: they repeat parts of the URL, and a password may be among them.
        raise ImproperlyConfigured(f"FLEETVIEW_DATABASE_URL is not understood by libpq: {_LIKE_THIS}") from None
    if "dbname" not in parts:
        raise ImproperlyConfigured(f"FLEETVIEW_DATABASE_URL names no database: {_LIKE_THIS}")
    options = {word: value for word, value in parts.items() if word not in _DJANGO_WORDS}
    return _entry({django: parts.get(word, "") for word, django in _DJANGO_WORDS.items()}, options)


def embedded(place: Place) -> dict[str, Any]:
    """The embedded server, by its unix socket. The operating system says who is asking, so there is no password."""
    return _entry({"NAME": DATABASE, "USER": ROLE, "PASSWORD": "", "HOST": str(place.socket), "PORT": ""}, {})


def _entry(parts: dict[str, str], options: dict[str, str]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        **parts,
        # An unreachable server must fail a page within seconds, not hold a thread for minutes.
        "OPTIONS": {"connect_timeout": "5", "application_name": "fleetview", **options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
