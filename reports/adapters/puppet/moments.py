"""Times as Puppet writes them: ISO 8601 with up to nine digits and the sender's offset; Puppet 3 with blanks."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Final

from reports.errors import UnreadableReport
from reports.run import to_milliseconds

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,12}))? ?(Z|UTC|[+-]\d\d:?\d\d)?")
_LONGEST_RUN: Final = 366 * 86_400  # seconds


def moment(said: str) -> datetime:
    """The moment in UTC, cut to whole milliseconds. UnreadableReport for what is not a time."""
    return _quickly(said) or _shifted(said, 0.0)


def moment_or_none(said: str | None) -> datetime | None:
    """The same for a time that nothing depends on; None for what is not a time."""
    try:
        return moment(said) if said else None
    except UnreadableReport:
        return None


def _quickly(said: str) -> datetime | None:
    """The usual spelling, as formats from 5 on write it; None for every other."""
    try:
        told = datetime.fromisoformat(said)
        return to_milliseconds(told) if told.tzinfo else None
    except (ValueError, OverflowError):
        return None


def end_of(started: str, seconds: float | None) -> datetime:
    """`seconds` after a start, from all digits of both and cut only then, as PuppetDB's terminus reckons its end."""
    is_sound = seconds is not None and 0 <= seconds < _LONGEST_RUN
    return _shifted(started, seconds if seconds is not None and is_sound else 0.0)


def _shifted(said: str, seconds: float) -> datetime:
    found = _MOMENT.fullmatch(said.strip())
    if not found:
        raise UnreadableReport(f"{said[:80]!r} is not a time")
    day, clock, digits, offset = found.groups()
    part = Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)
    milliseconds = math.floor((part + Fraction(seconds)) * 1000)
    try:
        whole = datetime.fromisoformat(f"{day}T{clock}{_offset(offset)}")
        return (whole + timedelta(milliseconds=milliseconds)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableReport(f"{said[:80]!r} is not a time") from error


def _offset(said: str | None) -> str:
    return "+00:00" if said in {None, "Z", "UTC"} else str(said)
