"""What is being typed where the caret stands: a key, or which value of which key. Pure, and at home in half a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reports.store.text import clean

_KEY: Final = re.compile(r"-?([A-Za-z_]+):(?!:)([<>]=?|)")
_ESCAPE: Final = re.compile(r'\\(["\\*])')
_ENDS: Final = re.compile(r'[\s,"]')


@dataclass(frozen=True, slots=True)
class Typed:
    """`text` is what was typed of the value so far, without quotes; all from `start` to `end` stands for it.

    `key` is None where it may still become a key itself; `sign` is what stands between the colon and the value.
    """

    text: str
    start: int
    end: int
    key: str | None
    sign: str
    is_quoted: bool


def typed_at(text: str, at: int) -> Typed:
    """What is typed at `at`, a place in the text."""
    word_start, value_start, is_quoted = _walk(text, at)
    found = _KEY.match(text, word_start, at)
    key, sign, start = (found[1], found[2], max(value_start, found.end())) if found else (None, "", value_start)
    if not found and start == word_start and text[start : start + 1] == "-":
        start += 1
    begin = start + is_quoted
    written = clean(text[min(begin, at) : at])
    return Typed(_ESCAPE.sub(r"\1", written), min(start, at), _end(text, at, is_quoted=is_quoted), key, sign, is_quoted)


def _walk(text: str, at: int) -> tuple[int, int, bool]:
    """Where the word and the value begin in which the caret stands, and whether that value is in quotes."""
    word_start = value_start = place = 0
    is_quoted = False
    while place < at:
        character = text[place]
        if is_quoted and character == "\\":
            place += 1
        elif character == '"':
            is_quoted = not is_quoted
            value_start = place if is_quoted else value_start
        elif not is_quoted and character.isspace():
            word_start = value_start = place + 1
        elif not is_quoted and character == ",":
            value_start = place + 1
        place += 1
    return word_start, value_start, is_quoted


def _end(text: str, at: int, *, is_quoted: bool) -> int:
    """Where the value ends that the caret stands in."""
    if is_quoted:
        closing = text.find('"', at)
        return len(text) if closing < 0 else closing + 1
    found = _ENDS.search(text, at)
    return found.start() if found else len(text)
