"""The words, icons and meanings that statuses and causes have on pages."""

from __future__ import annotations

from dataclasses import replace

from reports.analysis.words import CAUSE_SOURCES, CAUSES, CHANGE_STATUSES, OUTCOMES, PATTERNS, STATUSES, Word
from reports.run import Cause, LogLevel, Outcome, Status

__all__ = [
    "CAUSES",
    "CAUSE_SOURCES",
    "CHANGE_STATUSES",
    "LOG_LEVELS",
    "OUTCOMES",
    "PATTERNS",
    "RUNNING",
    "STATUSES",
    "Word",
    "word_of_change",
    "word_of_mark",
    "word_of_outcome",
]

RUNNING = Word("unknown", "not finished", "Only the start of this run has been told")

LOG_LEVELS = {
    LogLevel.DEBUG: Word("level-quiet", "debug"),
    LogLevel.INFO: Word("level-quiet", "info"),
    LogLevel.NOTICE: Word("level-notice", "notice"),
    LogLevel.WARNING: Word("pending", "warning"),
    LogLevel.ERROR: Word("failed", "error"),
    LogLevel.CRITICAL: Word("failed", "critical"),
}


def word_of_outcome(outcome: Outcome | None) -> Word:
    """The word for how a run ended; None: it has not."""
    return RUNNING if outcome is None else OUTCOMES[outcome]


def word_of_change(status: Status, cause: Cause, *, unknown_because: str = "") -> Word:
    """The one word a change is marked with: its cause where it succeeded, else what became of it.

    Where the cause is unknown, why it is so is told on hover: as a sentence of its own it would stand under most.
    """
    if status is not Status.SUCCESS:
        return CHANGE_STATUSES[status]
    return replace(CHANGE_STATUSES[status], meaning=unknown_because) if cause is Cause.UNKNOWN else CAUSES[cause]


def word_of_mark(status: Status, cause: Cause) -> Word:
    """The same where a sign stands alone: a change of unknown cause must not look like an intended one."""
    return CAUSES[cause] if status is Status.SUCCESS else CHANGE_STATUSES[status]
