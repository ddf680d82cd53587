"""Untrusted text and plain quantities as a person reads them: control characters visible, times as ages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

# What moves the cursor, reorders text or cannot be seen: C0 and C1 without tab and newline, bidirectional controls,
# zero-width characters, byte order marks, line and paragraph separators, surrogates, tags.
# A joint inside a word of text, not inside one of the tags or character references that escaping leaves behind.
JOINT: Final = re.compile(r"[./_:@-](?=\w)(?![^<>]*>)")

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def make_visible(text: str) -> SafeString:
    """Escaped HTML in which every character that cannot be seen is shown by its code point."""
    shown = UNSEEN.sub(lambda found: f'<span class="unseen">U+{ord(found[0]):04X}</span>', escape(text))
    return mark_safe(shown)  # noqa: S308 - escaped above; the replacement holds hexadecimal digits alone


def make_breakable(markup: SafeString) -> SafeString:
    """The same markup, with leave to break lines behind the dots and slashes that names are joined by."""
    return mark_safe(JOINT.sub(r"\g<0><wbr>", markup))  # noqa: S308 - adds an element between safe characters


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


def tell_size(size: int) -> str:
    """Bytes in the unit that keeps the number short."""
    amount = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def tell_exact(moment: datetime) -> str:
    """The moment itself to the second: in the zone that holds, and in UTC where that is another one."""
    utc, local = moment.astimezone(UTC), timezone.localtime(moment)
    if local.utcoffset() == timedelta(0):
        return f"{utc:%Y-%m-%d %H:%M:%S} UTC"
    there = f"{utc:%H:%M:%S}" if utc.date() == local.date() else f"{utc:%Y-%m-%d %H:%M:%S}"
    return f"{local:%Y-%m-%d %H:%M:%S} {tell_zone(local)} ({there} UTC)"


def tell_minute(moment: datetime) -> str:
    """Day and minute in the zone that holds: 23 Nov 10:00."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %H:%M}"


def tell_clock(moment: datetime) -> str:
    """The time of day in the zone that holds."""
    return f"{timezone.localtime(moment):%H:%M:%S}"


def tell_zone(local: datetime) -> str:
    """What the zone is called at that moment: CET; or UTC+03 where it has no name."""
    name = f"{local:%Z}"
    return f"UTC{name}" if name.startswith(("+", "-")) else name
