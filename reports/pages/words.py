"""The words, icons and meanings that statuses and causes have on pages."""

from __future__ import annotations

from reports.analysis.words import (
    CAUSE_SOURCES,
    CAUSES,
    CHANGE_STATUSES,
    OUTCOMES,
    PATTERNS,
    STATUSES,
    Word,
    word_of_change,
)
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


def word_of_mark(status: Status, cause: Cause) -> Word:
    """The same where a sign stands alone: a change of unknown cause must not look like an intended one."""
    return CAUSES[cause] if status is Status.SUCCESS else CHANGE_STATUSES[status]
