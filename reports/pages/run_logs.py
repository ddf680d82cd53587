"""What a tool said while it ran, as the page of a run shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from reports.pages.asked import text_asked
from reports.pages.run_tallies import narrow
from reports.pages.words import LOG_LEVELS, Word
from reports.run import LogLevel, LogLine

LINES = 200


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of what the tool said."""

    word: Word
    line: LogLine


@dataclass(frozen=True, slots=True)
class LogPart:
    """The lines in the tool's order, how many are left out, and where all of them are."""

    rows: tuple[LogRow, ...]
    left_out: int
    all_link: str


def choose_logs(lines: Sequence[LogLine], query: QueryDict) -> LogPart:
    """All lines where they are few or all are asked for; else the first ones, warnings and worse before the others."""
    kept = lines if text_asked(query, "logs") == "all" else _weightiest(lines)
    return LogPart(
        rows=tuple(LogRow(LOG_LEVELS[line.level], line) for line in kept),
        left_out=len(lines) - len(kept),
        all_link=narrow(query, {"logs": "all"}, keeps=True).replace("#changes", "#logs"),
    )


def _weightiest(lines: Sequence[LogLine]) -> list[LogLine]:
    """The first lines, those of weight before the others, in the order in which they were said."""
    by_weight = sorted(enumerate(lines), key=lambda numbered: numbered[1].level < LogLevel.WARNING)
    return [line for _, line in sorted(by_weight[:LINES], key=lambda numbered: numbered[0])]
