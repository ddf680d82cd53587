"""The run's log: the lines worth keeping, and what they tell of single resources (diffs, why skipped, why failed)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from reports.adapters.puppet.moments import moment_or_none
from reports.adapters.puppet.said import Log
from reports.adapters.puppet.values import cut, word
from reports.run import LogLevel, LogLine

LEVELS: Final = {
    "debug": LogLevel.DEBUG,
    "info": LogLevel.INFO,
    "notice": LogLevel.NOTICE,
    "warning": LogLevel.WARNING,
    "err": LogLevel.ERROR,
    "alert": LogLevel.CRITICAL,
    "emerg": LogLevel.CRITICAL,
    "crit": LogLevel.CRITICAL,
}
MOST_LINES: Final = 1000
FAILED_DEPENDENCIES: Final = "Skipping because of failed dependencies"
PREFETCH_FAILED: Final = "Skipping because provider prefetch failed"

# A source is a containment path: /Stage[main]/Profile::App/File[/etc/motd]/content. Titles hold slashes too, so each
# place where a reference may begin is tried against the references that are looked for. No real path is this deep.
_REFERENCE: Final = re.compile(r"/(?=[A-Z][\w:]*\[)")
_DEEPEST: Final = 32


@dataclass(frozen=True, slots=True)
class Logbook:
    """The log, read once. Keys are `Type[title]`, for diffs `Type[title]/property`; a diff is no line any more."""

    lines: tuple[LogLine, ...] = ()
    diffs: dict[str, str] = field(default_factory=dict)
    skips: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def complaint(self) -> str | None:
        """The first error of Puppet itself, not of a resource: why there was no catalog, or no transaction."""
        whole = (line for line in self.lines if line.level >= LogLevel.ERROR and not line.source.startswith("/"))
        return next((line.message for line in whole), None)


def read_logs(logs: Sequence[Log], wanted: Container[str]) -> Logbook:
    """The lines from info upwards, and what is said of the `wanted` resources and properties."""
    kept: list[tuple[LogLevel, Log]] = []
    book = Logbook()
    for log in logs:
        level = LEVELS.get(word(log.level), LogLevel.NOTICE)
        if level is not LogLevel.DEBUG and not _filed(book, log, level, wanted):
            kept.append((level, log))
    return Logbook(tuple(_lines(kept)), book.diffs, book.skips, book.errors)


def _filed(book: Logbook, log: Log, level: LogLevel, wanted: Container[str]) -> bool:
    """Note what the line tells of a resource; true if that is all it was for."""
    message, source = log.message or "", log.source or ""
    is_diff = message.lstrip("\n").startswith("--- ") and "\n+++ " in message
    is_skip = message in {FAILED_DEPENDENCIES, PREFETCH_FAILED}
    if not (is_diff or is_skip or level >= LogLevel.ERROR) or not source.startswith("/"):
        return False
    whom = next((end for end in _ends(source) if end in wanted), None)
    if whom is None:
        return False
    if is_diff:
        return book.diffs.setdefault(whom, message.lstrip("\n")) is not None
    (book.skips if is_skip else book.errors).setdefault(whom, message)
    return False


def _ends(source: str) -> Iterable[str]:
    return (source[found.end() :] for found in islice(_REFERENCE.finditer(source), _DEEPEST))


def _lines(kept: Sequence[tuple[LogLevel, Log]]) -> Iterable[LogLine]:
    """In order; where there are too many the least severe go first, and a last line says how many."""
    chosen: Iterable[int] = range(len(kept))
    if len(kept) > MOST_LINES:
        chosen = sorted(sorted(chosen, key=lambda at: (-kept[at][0], at))[:MOST_LINES])
    for at in chosen:
        level, log = kept[at]
        yield LogLine(level, log.source or "", cut(log.message or ""), moment_or_none(log.time))
    if len(kept) > MOST_LINES:
        yield LogLine(LogLevel.NOTICE, "Fleetview", f"{len(kept) - MOST_LINES} further lines were left out")
