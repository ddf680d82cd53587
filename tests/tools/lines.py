"""The lines that set a sender up, as the intake page shows them: never typed again."""

from __future__ import annotations

from pathlib import Path

from reports.adapters.contract import SetupFile
from reports.adapters.discovery import adapters
from reports.pages.forwarding import ToolSetup, find_place, lay_out_ways
from tests.tools.served import Served

TO_PASTE = "PASTE-THE-TOKEN-HERE"


def find_lines(served: Served, tool: str, *holding: str) -> dict[str, str]:
    """The files of the one way of a tool whose lines hold all of this, by place; what is for a shell is left out.

    Where they want a token, one is made with the command that the page shows, and pasted in.
    """
    shown = _shown(served, tool)
    (files,) = (way.files for way in shown.ways if _holds(way.files, holding))
    if _holds(files, [TO_PASTE]):
        token = served.issue_token(*shown.token_command.partition("issue_token ")[2].split())
        files = tuple(SetupFile(file.where, file.lines.replace(TO_PASTE, token)) for file in files)
    places = ((file.where.split()[0].rstrip(",:"), file.lines) for file in files)
    return {place: lines for place, lines in places if "/" in place or "." in place}


def lay_out(texts: dict[str, str], folder: Path) -> dict[str, Path]:
    """Write files below `folder` as if that were `/`; only where they name one another is changed in their lines."""
    moved = {place: folder / place.lstrip("/") for place in texts}
    for place, text in texts.items():
        moved[place].parent.mkdir(parents=True, exist_ok=True)
        moved[place].write_text(_replace(text, {named: str(path) for named, path in moved.items() if named[0] == "/"}))
    return moved


def _shown(served: Served, tool: str) -> ToolSetup:
    (adapter,) = (adapter for adapter in adapters() if adapter.tool == tool)
    return lay_out_ways(adapter, find_place(served.url, public_url=None, tls_bind=f"127.0.0.1:{served.tls_port}"))


def _holds(files: tuple[SetupFile, ...], parts: tuple[str, ...] | list[str]) -> bool:
    lines = "".join(file.lines for file in files)
    return all(part in lines for part in parts)


def _replace(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = text.replace(word, other)
    return text
