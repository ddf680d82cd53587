"""What a query is once it is read: terms that all have to hold, each knowing where it stands in the text."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

# Stands for `*` in a pattern. No text that is read holds a NUL itself: the store shows one as a sign of its own.
WILD: Final = "\0"
CONNECTIVES: Final = frozenset({"AND", "OR", "NOT"})

# What a value came to, by the kind of its key: a word, a number, a span or moment, a type and title; None: a pattern.
Meaning: TypeAlias = str | int | float | timedelta | datetime | date | tuple[str, str] | None

_NEEDS_NO_QUOTES: Final = re.compile(r"[\w./@%+*][\w./@%+*-]*")
_SPECIAL: Final = re.compile(r'["\\*]')


class Sign(enum.StrEnum):
    """How a term compares; IS is nothing but the colon."""

    IS = ""
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term. In `pattern` every WILD stands for any text at all."""

    pattern: str
    meaning: Meaning = field(compare=False, default=None)
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)

    @property
    def is_exact(self) -> bool:
        return WILD not in self.pattern

    def __str__(self) -> str:
        written = WILD.join(_SPECIAL.sub(r"\\\g<0>", part) for part in self.pattern.split(WILD)).replace(WILD, "*")
        is_plain = _NEEDS_NO_QUOTES.fullmatch(written) and "\\" not in written and written not in CONNECTIVES
        return written if is_plain else f'"{written}"'


@dataclass(frozen=True, slots=True)
class Term:
    """`key:value`, or a bare word, whose key is empty. Any one of its values has to hold, or none where `is_not`."""

    key: str
    values: tuple[Value, ...]
    sign: Sign = Sign.IS
    is_not: bool = False
    start: int = field(compare=False, default=0)
    end: int = field(compare=False, default=0)

    def __str__(self) -> str:
        values = ",".join(map(str, self.values))
        return f"{'-' if self.is_not else ''}{self.key}{':' if self.key else ''}{self.sign}{values}"


@dataclass(frozen=True, slots=True)
class Query:
    """All terms have to hold; where there is none, everything does. `str()` gives the text that reads the same."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def asks(self, key: str) -> bool:
        """Whether any term is of this key: one that names the time needs no window beside it."""
        return any(term.key == key for term in self.terms)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))
