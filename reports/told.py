"""What is plain as a person reads it: spans, shares, sizes, digests. Pages, briefs and mails tell them alike."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

# Whole, or what was left of one that was cut.
_DIGEST: Final = re.compile(r"(?<![0-9A-Za-z])([0-9a-f]{12})(?:[0-9a-f]{20,}|[0-9a-f]+…)(?![0-9A-Za-z])")


def tell_age(moment: datetime, now: datetime) -> str:
    """How long ago, in the one unit that matters. A moment ahead of `now` is told as such."""
    seconds = (now - moment).total_seconds()
    words = tell_span(abs(seconds))
    return f"{words} ago" if seconds >= 0 else f"in {words}"


def tell_span(seconds: float) -> str:
    """A length of time in its largest unit: 12 s, 5 min, 3 h, 9 d, 14 months."""
    for unit, length, limit in (("s", 1, 60), ("min", 60, 60), ("h", 3600, 48), ("d", 86400, 90)):
        if seconds < limit * length:
            return f"{int(seconds // length)} {unit}"
    return f"{int(seconds // (30.44 * 86400))} months"


def tell_duration(seconds: float) -> str:
    """How long something took: 420 ms, 7.3 s, 48 s, 2 min 5 s, 1 h 12 min."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = timedelta(seconds=round(seconds))
    minutes, rest = divmod(int(whole.total_seconds()), 60)
    if minutes == 0:
        return f"{rest} s"
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"


def tell_risk(probability: float) -> str:
    """Whole per cent; nothing that is foretold is certain, either way."""
    return f"{min(max(round(probability * 100), 1), 99)}\N{NO-BREAK SPACE}%"


def tell_share(share: float) -> str:
    """A part of a whole in per cent, with a digit more where it is small: 48 %, 3.6 %, under 0.1 %."""
    percent = share * 100
    if 0 < percent < 0.1:
        return "under 0.1\N{NO-BREAK SPACE}%"
    return f"{percent:.1f}\N{NO-BREAK SPACE}%" if 0 < percent < 9.95 else f"{percent:.0f}\N{NO-BREAK SPACE}%"


def tell_briefly(count: int) -> str:
    """A count where there is room for four characters: 812, 1.7k, 12k, 3.4M. The exact one has to stand nearby."""
    if count < 1000:
        return str(count)
    unit, number = ("k", count / 1000) if count < 999_500 else ("M", count / 1_000_000)
    return f"{number:.1f}{unit}" if number < 9.95 else f"{number:.0f}{unit}"


def tell_size(size: int) -> str:
    """Bytes in the unit that keeps the number short."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def shorten_digests(text: str) -> str:
    """The text with the first digits of each digest in it: enough to tell two contents apart."""
    return _DIGEST.sub(r"\1…", text)
