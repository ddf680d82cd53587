"""Read settings from the environment; what is not understood stops the start with a sentence that says what is allowed.

Every reader takes the variable's full name and, where there is one, the default in the notation an operator would type.
A variable that is set but empty counts as not set.
"""

from __future__ import annotations

import ipaddress
import os
import re
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_SIZE_UNITS = {"": 1, "B": 1, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_DURATION_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_AMOUNT = re.compile(r"(\d+)\s*([A-Za-z]*)")


def text(name: str, default: str = "") -> str:
    """The value without surrounding blanks."""
    return os.environ.get(name, "").strip() or default


def secret(name: str) -> str:
    """The value, or the content of the file that NAME_FILE points at; empty when neither is set."""
    file = text(f"{name}_FILE")
    if not file:
        return text(name)
    if text(name):
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={file}: cannot be read: {error}") from error


def flag(name: str, default: str) -> bool:
    """yes or no, in the usual spellings."""
    value = text(name, default)
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise _refuse(name, value, "yes or no")


def number(name: str, default: str, *, least: int = 0) -> int:
    """A whole number of at least `least`."""
    value = text(name, default)
    if value.isascii() and value.isdigit() and int(value) >= least:
        return int(value)
    raise _refuse(name, value, f"a whole number of at least {least}")


def size(name: str, default: str) -> int:
    """An amount of bytes, such as `32 MiB`."""
    value = text(name, default)
    amount = _AMOUNT.fullmatch(value)
    if amount and amount[2].upper() in _SIZE_UNITS:
        return int(amount[1]) * _SIZE_UNITS[amount[2].upper()]
    raise _refuse(name, value, "a size in bytes, KiB, MiB, GiB or TiB, such as 32 MiB")


def duration(name: str, default: str) -> timedelta:
    """A span of time, such as `90 d`. The unit is needed, so that nobody has to guess it."""
    value = text(name, default)
    amount = _AMOUNT.fullmatch(value)
    if amount and amount[2] in _DURATION_UNITS:
        return timedelta(**{_DURATION_UNITS[amount[2]]: int(amount[1])})
    raise _refuse(name, value, "a duration in s, m, h, d or w, such as 90 d")


def words(name: str, default: str = "") -> list[str]:
    """A list, parted by commas."""
    return [word for part in text(name, default).split(",") if (word := part.strip())]


def networks(name: str, default: str = "") -> list[Network]:
    """Addresses or networks, parted by commas, such as `127.0.0.1, 10.0.0.0/8`."""
    try:
        return [ipaddress.ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise _refuse(name, text(name, default), f"addresses or networks, parted by commas ({error})") from error


def patterns(name: str) -> list[re.Pattern[str]]:
    """Regular expressions, one a line."""
    try:
        return [re.compile(line) for part in text(name).splitlines() if (line := part.strip())]
    except re.error as error:
        raise _refuse(name, text(name), f"regular expressions, one a line ({error})") from error


def path(name: str, default: Path | None = None) -> Path | None:
    """An absolute path; a relative one is taken from the folder that the process was started in."""
    value = text(name)
    return Path(value).expanduser().absolute() if value else default


def _refuse(name: str, value: str, allowed: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}={value!r}: this has to be {allowed}. See docs/settings.md.")
