"""The lines that set a sender up, with this server's own address in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from reports.adapters.contract import Adapter, SetupFile, SetupWay

PLACEHOLDER = re.compile(r"@(URL|TLS_URL|HOST|SCHEME|SENDER|TOKEN)@")
USUAL_TLS_PORT = 8443


@dataclass(frozen=True, slots=True)
class Place:
    """Where this server is reached: its base address, and that of its door with client certificates, if it has one."""

    url: str
    tls_url: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to forward, ready to copy. `needs_tls_door` when it wants a listener that is not open here."""

    title: str
    when: str
    files: tuple[SetupFile, ...]
    notes: tuple[str, ...]
    needs_tls_door: bool


@dataclass(frozen=True, slots=True)
class ToolSetup:
    """All ways of one tool, and the command that makes the token they carry."""

    tool: str
    label: str
    token_command: str
    ways: tuple[Way, ...]


def find_place(asked_url: str, *, public_url: str | None, tls_bind: str | None) -> Place:
    """`asked_url` is the address that the browser used; a public one in the settings goes before it."""
    url = (public_url or asked_url).rstrip("/")
    if tls_bind is None:
        return Place(url, None)
    port = tls_bind.rpartition(":")[2]
    return Place(url, f"https://{urlsplit(url).hostname or 'localhost'}:{port}")


def lay_out_ways(adapter: Adapter, place: Place, *, sender: str | None = None, token: str | None = None) -> ToolSetup:
    """The ways of one tool, filled in. The token is a placeholder on every page but the one that has just made it."""
    parts = urlsplit(place.url)
    sender = sender or f"{adapter.tool}-fleet"
    words = {
        "URL": place.url,
        "TLS_URL": place.tls_url or f"https://{parts.hostname or 'localhost'}:{USUAL_TLS_PORT}",
        "HOST": parts.netloc,
        "SCHEME": parts.scheme,
        "SENDER": sender,
        "TOKEN": token or "PASTE-THE-TOKEN-HERE",
    }
    return ToolSetup(
        label=adapter.label,
        tool=adapter.tool,
        token_command=f".venv/bin/python manage.py issue_token {adapter.tool}-fleet --scope send --tool {adapter.tool}",
        ways=tuple(_fill_way(way, words, has_tls_door=place.tls_url is not None) for way in adapter.ways),
    )


def _fill_way(way: SetupWay, words: Mapping[str, str], *, has_tls_door: bool) -> Way:
    files = tuple(SetupFile(fill(file.where, words), fill(file.lines, words)) for file in way.files)
    wants_tls = any("@TLS_URL@" in file.lines for file in way.files)
    return Way(
        title=fill(way.title, words),
        when=fill(way.when, words),
        files=files,
        notes=tuple(fill(note, words) for note in way.notes),
        needs_tls_door=wants_tls and not has_tls_door,
    )


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders replaced, in one pass: what is put in is never read again."""
    return PLACEHOLDER.sub(lambda found: words[found[1]], text)
