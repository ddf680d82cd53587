"""The lines that set a sender up, taken from the adapter that shows them: never typed again."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from reports.adapters.contract import SetupWay
from reports.adapters.discovery import adapters
from tests.tools.served import Served


def find_way(tool: str, *holding: str) -> SetupWay:
    """The one way of a tool whose lines hold all of this."""
    (adapter,) = (adapter for adapter in adapters() if adapter.tool == tool)
    (way,) = (way for way in adapter.ways if all(part in "".join(f.lines for f in way.files) for part in holding))
    return way


def fill(way: SetupWay, served: Served, token: str) -> dict[str, str]:
    """The files of a way by the place shown for each, with the placeholders filled. What is for a shell is left out."""
    places = ((file.where.split()[0].rstrip(",:"), file.lines) for file in way.files)
    return {place: _fill(lines, served, token) for place, lines in places if "/" in place or "." in place}


def lay_out(texts: dict[str, str], folder: Path) -> dict[str, Path]:
    """Write files below `folder` as if that were `/`; only where they name one another is changed in their lines."""
    moved = {place: folder / place.lstrip("/") for place in texts}
    for place, text in texts.items():
        moved[place].parent.mkdir(parents=True, exist_ok=True)
        moved[place].write_text(_replace(text, {named: str(path) for named, path in moved.items() if named[0] == "/"}))
    return moved


def _fill(lines: str, served: Served, token: str) -> str:
    address = urlsplit(served.url)
    values = {"URL": served.url, "TLS_URL": served.tls_url, "HOST": address.netloc, "SCHEME": address.scheme}
    return _replace(
        lines, {f"@{name}@": value for name, value in {**values, "SENDER": "tools", "TOKEN": token}.items()}
    )


def _replace(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = text.replace(word, other)
    return text
