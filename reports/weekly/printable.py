"""Any text made fit to be printed: what cannot be seen or has no glyph is shown by its code point, names may wrap.

PDF/UA refuses a page with a character that no font has, and Typst with it; what tools send may hold any. Nothing here
is markup: Typst is given text as text, and what marks an escape is taken from the code points for private use, which no
text can hold after this.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NewType

from reports.weekly.fonts import coverages

Printable = NewType("Printable", str)  # has passed through here, and only through here

# What Typst is to draw in a small box stands between these two; at the third it may break a line.
OPEN, CLOSE, BREAK = "\ue000", "\ue001", "\u200b"
MOST: Final = 300  # characters of a name or a sentence; longer ones are cut, and it is said by how much

# The same as on pages, and what has a glyph that shows nothing: fillers, joiners of graphemes, selectors of variants.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_PLAIN: Final = re.compile(r"[ -~]*")
# Behind what joins the words of a name, but for the digits of a number or a time, and the U+ of an escape.
_JOINT: Final = re.compile(
    rf"(?<!{OPEN}U)[/\\_;=&?@|+-](?=[^\W_])|(?<!\d)[.,:](?=[^\W_])|[.,:](?=[^\W\d_])|(?<=[a-z])(?=[A-Z][a-z])"
)
_LONG: Final = re.compile(rf"[^\s{BREAK}{OPEN}{CLOSE}]{{12}}(?=[^\s{BREAK}{OPEN}{CLOSE}]{{4}})")


def say(text: str, *, most: int = MOST) -> Printable:
    """One line of text: a name, a title, a sentence. Of a long one the beginning, and how much more there is."""
    return _shorten(text, most, lines=False)


def say_lines(text: str, *, most: int = MOST) -> Printable:
    """The same with its line breaks kept, and tabs as four spaces: values, messages, diffs, notes."""
    return _shorten(text.replace("\r\n", "\n").expandtabs(4), most, lines=True)


def say_plainly(text: str, *, most: int = MOST) -> str:
    """For where nothing can be drawn: the title of the document, alternative texts. Escapes stand in brackets."""
    shown = say(text, most=most)
    return shown.replace(OPEN, "[").replace(CLOSE, "]").replace(BREAK, "")


@functools.lru_cache(maxsize=4096)
def _shorten(text: str, most: int, *, lines: bool) -> Printable:
    kept = text if len(text) <= most + 20 else text[:most]  # a cut that saves less than it says is none
    shown = "\n".join(map(_show, kept.split("\n"))) if lines else _show(kept)
    left_out = len(text) - len(kept)
    rest = f" {OPEN}\N{HORIZONTAL ELLIPSIS} +{left_out:,} characters{CLOSE}" if left_out else ""
    return Printable(shown + rest)


def _show(text: str) -> str:
    seen = text if _PLAIN.fullmatch(text) else "".join(map(_show_cluster, _clusters(text)))
    return _LONG.sub(rf"\g<0>{BREAK}", _JOINT.sub(rf"\g<0>{BREAK}", seen))


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks that are set on it: those must come from one font."""
    cluster = ""
    for character in text:
        if cluster and unicodedata.category(character)[0] == "M":
            cluster += character
        else:
            if cluster:
                yield cluster
            cluster = character
    if cluster:
        yield cluster


def _show_cluster(cluster: str) -> str:
    if not _UNSEEN.search(cluster) and unicodedata.category(cluster[0])[0] != "M" and _is_covered(cluster):
        return cluster
    return "".join(character if _is_alone(character) else _escape(character) for character in cluster)


def _is_alone(character: str) -> bool:
    """Whether it can be printed by itself: a mark cannot, it would be set on whatever stands before it."""
    return unicodedata.category(character)[0] != "M" and not _UNSEEN.search(character) and _is_covered(character)


def _is_covered(cluster: str) -> bool:
    return any(covered.issuperset(map(ord, cluster)) for covered in coverages())


def _escape(character: str) -> str:
    return f"{OPEN}U+{ord(character):04X}{CLOSE}"
