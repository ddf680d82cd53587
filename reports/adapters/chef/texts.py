"""Long texts cut with a visible mark, and Chef's times."""

from __future__ import annotations

from datetime import UTC, datetime

from reports.errors import UnreadableReport
from reports.run import to_milliseconds


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with a mark that says how much was left out. Lengths in characters."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text) - longest} more characters)"


def moment(text: str, field: str) -> datetime:
    """A time of Chef's, such as 2026-11-02T06:00:04Z; UnreadableReport names the field. Without a zone it is UTC."""
    try:
        told = datetime.fromisoformat(text)
        return to_milliseconds(told if told.tzinfo else told.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise UnreadableReport(f"{field}: {cut(text, 60)!r} is no time such as 2026-11-02T06:00:04Z") from error
