"""A query cut into words: where each begins and ends, its key, its sign and its values. Knows no key by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reports.errors import BadQuery
from reports.search.query import CONNECTIVES, WILD, Sign
from reports.store.text import clean

MOST_CHARACTERS: Final = 2000
MOST_WORDS: Final = 50

_SPACE: Final = re.compile(r"\s+")
_KEY: Final = re.compile(r"([A-Za-z_]+):(?!:)")  # `foo::bar` is a name that some code has, not a key
_SIGN: Final = re.compile(r"[<>]=?|")
_BARE: Final = re.compile(r'[^\s,"]+')
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\["\\*]|\\(?!["\\*]))*)"')
_ESCAPE: Final = re.compile(r'\\(["\\*])|(\*)')


@dataclass(frozen=True, slots=True)
class RawValue:
    """A value as a pattern (see query.py), and where it stands, its quotes included."""

    pattern: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `-key:sign` and values. A bare one has an empty key."""

    key: str
    sign: Sign
    values: tuple[RawValue, ...]
    is_not: bool
    start: int
    end: int

    @property
    def key_start(self) -> int:
        return self.start + self.is_not

    @property
    def key_end(self) -> int:
        return self.key_start + len(self.key)


def read_words(text: str) -> tuple[Word, ...]:
    """All words of a query. Raises BadQuery at the one that cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise BadQuery(f"A query has {MOST_CHARACTERS:,} characters at most.", MOST_CHARACTERS, len(text))
    words: list[Word] = []
    for word in _each_word(text):
        if len(words) == MOST_WORDS:
            raise BadQuery(f"A query has {MOST_WORDS} words at most.", word.start, len(text))
        words.append(word)
    return tuple(words)


def _each_word(text: str) -> Iterator[Word]:
    place = 0
    while True:
        space = _SPACE.match(text, place)
        place = space.end() if space else place
        if place == len(text):
            return
        word = _read_word(text, place)
        yield word
        place = word.end


def _read_word(text: str, start: int) -> Word:
    is_not = text[start] == "-"
    place = start + is_not
    key = _KEY.match(text, place)
    name = key[1] if key else ""
    place = key.end() if key else place
    sign = _SIGN.match(text, place) if key else None
    place = sign.end() if sign else place
    values = tuple(_read_values(text, start, place))
    end = values[-1].end
    if not key and not is_not and text[start:end] in CONNECTIVES:
        raise BadQuery(_about_connective(text[start:end]), start, end)
    return Word(name, Sign(sign[0] if sign else ""), values, is_not, start, end)


def _read_values(text: str, word_start: int, place: int) -> Iterator[RawValue]:
    while True:
        value = _read_value(text, word_start, place)
        yield value
        place = value.end
        if text[place : place + 1] != ",":
            break
        place += 1
    if place < len(text) and not text[place].isspace():
        end = _end_of_word(text, place)
        raise BadQuery('Quotes stand around a whole value; within one, write each as \\".', word_start, end)


def _read_value(text: str, word_start: int, place: int) -> RawValue:
    if text[place : place + 1] == '"':
        quoted = _QUOTED.match(text, place)
        if quoted is None:
            raise BadQuery('These quotes are never closed: put a " where the value ends.', place, len(text))
        return RawValue(_pattern(quoted[1]), place, quoted.end())
    bare = _BARE.match(text, place)
    if bare is None:
        raise BadQuery(_about_nothing(text, word_start, place), word_start, max(place, word_start + 1))
    return RawValue(_pattern(bare[0]), place, bare.end())


def _pattern(written: str) -> str:
    """The value with WILD for every star, and for what has a backslash before it just that. NUL comes as stored."""
    return _ESCAPE.sub(lambda found: found[1] or WILD, clean(written))


def _end_of_word(text: str, place: int) -> int:
    space = _SPACE.search(text, place)
    return space.start() if space else len(text)


def _about_nothing(text: str, start: int, place: int) -> str:
    before = text[start:place]
    if before == "-":
        return "A minus stands right before what must not hold, as in -env:production."
    if text[place : place + 1] == "," or before.endswith(","):
        return "There is no value beside this comma: write key:one,two without a space."
    return f'A value is missing after {before}: write it without a space. {before}"" asks for none.'


def _about_connective(word: str) -> str:
    if word == "OR":
        return 'For one of several values write key:one,two. To look for the word itself: "OR".'
    if word == "NOT":
        return 'For what must not hold write a minus before it, as in -env:production. For the word itself: "NOT".'
    return 'Everything in a query has to hold anyway: leave AND out. To look for the word itself: "AND".'
