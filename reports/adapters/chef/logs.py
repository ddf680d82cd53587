"""Deprecations and the error of a run → log lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from reports.adapters.chef.messages import Deprecation, RunError
from reports.adapters.chef.texts import cut
from reports.run import LogLevel, LogLine

_LONGEST_LINE: Final = 16 * 1024
_BACKTRACE_LINES: Final = 5
_COOKBOOKS: Final = "/cookbooks/"


def lines_of_deprecations(deprecations: Sequence[Deprecation]) -> Iterator[LogLine]:
    """One warning for each, with the place in the cookbook and Chef's page about it."""
    for told in deprecations:
        parts = (told.message, told.location, told.url)
        yield LogLine(LogLevel.WARNING, "deprecation", cut("\n".join(filter(None, parts)), _LONGEST_LINE))


def lines_of_error(error: RunError, at: datetime | None) -> Iterator[LogLine]:
    """The message, Chef's explanation by section, and the lines of the backtrace that lead into a cookbook."""
    source = error.class_name or "error"
    yield LogLine(LogLevel.ERROR, source, cut(error.message or source, _LONGEST_LINE), at)
    description = error.description
    if description and description.title:
        yield LogLine(LogLevel.ERROR, source, cut(description.title, _LONGEST_LINE), at)
    for section in (description and description.sections) or ():
        for heading, text in section.items():
            yield LogLine(LogLevel.ERROR, heading.rstrip(":"), cut(str(text), _LONGEST_LINE), at)
    if lines := _useful(error.backtrace or ()):
        yield LogLine(LogLevel.ERROR, "backtrace", cut("\n".join(lines), _LONGEST_LINE), at)


def _useful(backtrace: Sequence[str]) -> Sequence[str]:
    """Chef's own frames help nobody: those in cookbooks come first, and only without any the innermost ones."""
    own = [line for line in backtrace if _COOKBOOKS in line]
    return (own or backtrace)[:_BACKTRACE_LINES]
