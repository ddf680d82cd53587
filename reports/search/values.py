"""The text of a value as what its key takes. Each reader raises ValueError with the sentence to say."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from reports.search.keys import Key, Kind
from reports.search.query import WILD, Meaning, Sign

MOST_COUNT: Final = 2**31 - 1
MOST_DAYS: Final = 3660
LEAST_LETTERS: Final = 2
TOO_LITTLE: Final = f"Within titles at least {LEAST_LETTERS} letters or digits are looked for: write more of the word."

_UNITS: Final = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800}
_PIECE: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)(sec|min|[smhdw])", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_YEARS: Final = range(1970, 2200)


def read_meaning(key: Key, sign: Sign, pattern: str) -> Meaning:
    """What the value comes to for this key; None where it is a pattern to compare with."""
    if key.kind is Kind.NAME:
        return None
    if WILD in pattern and key.kind is not Kind.RESOURCE:
        raise ValueError(f'{key.name} takes {key.kind.value}, without *. If the star is part of it: write "\\*".')
    return _READERS[key.kind](key, sign, pattern)


def _read_exact(key: Key, sign: Sign, text: str) -> Meaning:  # noqa: ARG001 - all readers are asked alike
    return text


def _read_word(key: Key, sign: Sign, text: str) -> Meaning:  # noqa: ARG001
    word = text.strip().lower().replace("-", "_").replace(" ", "_")
    if word in key.words:
        return word
    near = difflib.get_close_matches(word[:80], key.words, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise ValueError(f"{key.name} is one of {', '.join(key.words)}.{meant}")


def _read_count(key: Key, sign: Sign, text: str) -> Meaning:  # noqa: ARG001
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MOST_COUNT):
        raise ValueError(f"{key.name} is a whole number, as in {key.example}.")
    return int(text)


def _read_number(key: Key, sign: Sign, text: str) -> Meaning:  # noqa: ARG001
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{key.name} is a number, as in {key.example}.")
    return float(text)


def _read_percent(key: Key, sign: Sign, text: str) -> Meaning:  # noqa: ARG001
    bare = text.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(bare) or float(bare) > 100:
        raise ValueError(f"{key.name} is a percentage from 0 to 100, as in {key.example}.")
    return float(bare) / 100


def _read_span(key: Key, sign: Sign, text: str) -> Meaning:
    if sign is Sign.IS:
        raise ValueError(
            f"{key.name} is a length of time to compare with, as in {key.example}: write < or > before it."
        )
    span = _span(text)
    if span is None:
        raise ValueError(f"{key.name} is a length of time such as 90s, 30m or 2h, as in {key.example}.")
    return span


def _read_ago(key: Key, sign: Sign, text: str) -> Meaning:
    span = _span(text)
    if span is not None:
        return span
    day = _day(text)
    if day is not None:
        return day
    moment = _moment(text)
    if moment is None:
        raise ValueError(
            f"{key.name} is how long ago (30m, 2h, 7d) or a day or time (2026-11-01, 2026-11-01T14:30Z),"
            f" as in {key.example}."
        )
    if sign is Sign.IS:
        raise ValueError(f"Nothing is at one moment exactly: write {key.name}:> or {key.name}:< before the time.")
    return moment


def _read_resource(key: Key, sign: Sign, pattern: str) -> Meaning:  # noqa: ARG001
    kind, bracket, rest = pattern.partition("[")
    if not bracket:
        return "", _read_words_of_title(pattern)
    title = rest[:-1]
    if not kind or not rest.endswith("]") or not title:
        raise ValueError(
            f"{key.name} is written as Type[title], in quotes where the title holds a space or comma: {key.example}."
        )
    if title.startswith(WILD) and title != WILD:
        raise ValueError(
            f"Say how the title begins, as in {key.example}. A word from within it goes alone: {key.name}:motd."
        )
    return kind, title


def _read_words_of_title(pattern: str) -> str:
    """A word alone stands for all resources whose title has a word that begins like it."""
    if WILD in pattern:
        raise ValueError("A star goes into Type[title]. A word alone is looked for within titles as it is.")
    if not may_be_words(pattern):
        raise ValueError(TOO_LITTLE)
    return pattern


def may_be_words(text: str) -> bool:
    """Whether the text can be looked for within titles: what a single letter begins is most of them."""
    return sum(map(str.isalnum, text)) >= LEAST_LETTERS


def _span(text: str) -> timedelta | None:
    """`90s`, `1h30m`, `7d`; None where it is none, or longer than ten years."""
    pieces = list(_PIECE.finditer(text))
    if not pieces or "".join(piece[0] for piece in pieces) != text:
        return None
    seconds = sum(float(piece[1]) * _UNITS[piece[2].lower()] for piece in pieces)
    return timedelta(seconds=seconds) if seconds <= MOST_DAYS * 86400 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_READERS: Final[Mapping[Kind, Callable[[Key, Sign, str], Meaning]]] = {
    Kind.EXACT: _read_exact,
    Kind.WORD: _read_word,
    Kind.COUNT: _read_count,
    Kind.NUMBER: _read_number,
    Kind.PERCENT: _read_percent,
    Kind.SPAN: _read_span,
    Kind.AGO: _read_ago,
    Kind.RESOURCE: _read_resource,
}
