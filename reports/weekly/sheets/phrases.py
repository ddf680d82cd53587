"""Days, moments, changes and long lists, as they are told on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from reports.weekly.blocks import Cell, Paragraph, Piece
from reports.weekly.parts import Some, Word
from reports.weekly.printable import MOST, Printable, say

T = TypeVar("T")
ARROW: Final = "\N{RIGHTWARDS ARROW}"
DASH: Final = "\N{EN DASH}"
DOT: Final = "\N{MIDDLE DOT}"
_NAME: Final = 140  # characters of a name in a column of a table
HINT: Final = 120  # characters of what only reminds of something told elsewhere

# Causes and patterns have no colours of their own: each is marked as the status that it makes.
_TONES: Final = {
    "corrective": "corrected",
    "intended": "changed",
    "first_build": "unchanged",
    "repeated": "pending",
    "triggered": "unknown",
    "tug_of_war": "failed",
    "failing": "failed",
    "repeater": "pending",
    "periodic": "corrected",
    "success": "changed",
}


def tone_of(word: Word) -> str:
    """The colour that marks a word: one of typst/tokens.typ; the word itself always stands beside it."""
    return _TONES.get(word.name, word.name)


def mark(word: Word, *, more: str = "") -> Piece:
    """A word behind its dot of colour, and what there is to say of it."""
    return Piece(say(word.label), "mark", tone_of(word), say(more))


def tell_day(day: date) -> str:
    """Mon 16 Nov 2026."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def tell_short_day(day: date) -> str:
    """Mon 16."""
    return f"{day:%a} {day.day}"


def tell_until(start: datetime, end: datetime) -> str:
    """16 Nov 22:00 to 23:30; with the day of the end where that is another."""
    last = end.astimezone(UTC)
    is_same_day = last.date() == start.astimezone(UTC).date()
    return f"{tell_minute(start)} {DASH} {f'{last:%H:%M}' if is_same_day else tell_minute(end)}"


def tell_minute(moment: datetime) -> str:
    """16 Nov 10:00, in UTC."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {utc:%b %H:%M}"


def tell_moment(moment: datetime | None, zone: str = "UTC") -> str:
    """16 Nov 2026 10:00 UTC; in another zone with UTC beside it."""
    if moment is None:
        return "never"
    utc = moment.astimezone(UTC)
    if zone == "UTC":
        return f"{utc.day} {utc:%b %Y %H:%M} UTC"
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y %H:%M %Z} ({utc:%H:%M} UTC)"


def tell_second(moment: datetime, zone: str) -> str:
    """10:00:21 in a zone."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M:%S}"


def tell_short_date(moment: datetime, zone: str) -> str:
    """Wed 18 Nov, in a zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}"


def tell_count(count: int, one: str, many: str = "") -> str:
    """1 node, 2,000 nodes."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def tell_before(before: int | None) -> str:
    """How many there were the week before."""
    return "not kept before" if before is None else f"before: {before:,}"


def name_cell(name: str, *under: str) -> Cell:
    """A node, and in small what else there is to say of it; what is empty is left out."""
    said = f" {DOT} ".join(text for text in under if text)
    quiet = (Piece(say(said), "quiet"),) if said else ()
    return Cell((Piece(say(name, most=_NAME), "name"), *quiet))


def tell_site(site: str | None) -> str:
    """A site is told where it is not the usual one."""
    return f"site {site}" if site and site != "main" else ""


def tell_rest(some: Some[T], where: str) -> Printable:
    """What a list leaves out, and where all of it is; nothing where it leaves out nothing."""
    if not some.left_out and not some.is_more:
        return say("")
    most = "at least " if some.is_more else ""
    return say(f"And {most}{max(some.left_out, 1):,} more: {where}.")


def nothing(text: str) -> Paragraph:
    """The one line of a part in which there was nothing."""
    return Paragraph(say(text), "quiet")


def hint(text: str) -> Printable:
    """The beginning of what is told whole elsewhere."""
    return say(text, most=min(HINT, MOST))
