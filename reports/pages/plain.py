"""Untrusted text as a person reads it: control characters visible, names that may wrap; moments in their zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

# What moves the cursor, reorders text or cannot be seen: C0 and C1 without tab and newline, bidirectional controls,
# zero-width characters, byte order marks, line and paragraph separators, surrogates, tags.
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
SPACE: Final = re.compile(r"\s")
# A joint inside a word of text, not inside one of the tags or character references that escaping leaves behind.
JOINT: Final = re.compile(r"[./_:@-](?=\w)(?![^<>]*>)")


def make_visible(text: str) -> SafeString:
    """Escaped HTML in which every character that cannot be seen is shown by its code point; so is a space alone."""
    unseen = UNSEEN if not text or text.strip() else SPACE
    shown = unseen.sub(lambda found: f'<span class="unseen">U+{ord(found[0]):04X}</span>', escape(text))
    return mark_safe(shown)  # noqa: S308 - escaped above; the replacement holds hexadecimal digits alone


def make_breakable(markup: SafeString) -> SafeString:
    """The same markup, with leave to break lines behind the dots and slashes that names are joined by."""
    return mark_safe(JOINT.sub(r"\g<0><wbr>", markup))  # noqa: S308 - adds an element between safe characters


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
