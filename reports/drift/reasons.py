"""The sentence that tells an operator why a change was needed."""

from __future__ import annotations

from datetime import datetime

from reports.run import Cause, CauseSource, Explanation


def moment(at: datetime) -> str:
    """Day and minute, UTC."""
    return f"{at:%-d %b %H:%M} UTC"


def said(cause: Cause, reason: str) -> Explanation:
    """The tool's own word."""
    return Explanation(cause, CauseSource.TOOL, reason)


def inferred(cause: Cause, reason: str) -> Explanation:
    """What follows from the node's own runs."""
    return Explanation(cause, CauseSource.INFERRED, reason)


def presumed(cause: Cause, reason: str) -> Explanation:
    """What is likely and cannot be known."""
    return Explanation(cause, CauseSource.PRESUMED, reason)


def unknown(reason: str) -> Explanation:
    """What cannot be told, and why not."""
    return Explanation(Cause.UNKNOWN, None, reason)
