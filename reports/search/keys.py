"""What a key is: its name, what it means, and what kind of value it takes. The keys themselves: see subjects.py."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self


class Kind(enum.Enum):
    """What a value has to be."""

    NAME = "text, in which * stands for anything"
    EXACT = "a whole word"
    WORD = "one of a few words"
    COUNT = "a whole number"
    NUMBER = "a number"
    PERCENT = "a percentage"
    AGO = "how long ago, or a day or time"
    SPAN = "a length of time"
    RESOURCE = "Type[title], in which * stands for anything"


COMPARED = frozenset({Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.AGO, Kind.SPAN})


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `words` are the only values of the kind WORD; an `example` is a whole term."""

    name: str
    kind: Kind
    meaning: str
    example: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is searched for, and by which keys. `by_name` finds each key by its name and its aliases."""

    name: str  # in the plural, as in a sentence: nodes
    bare: str  # what a bare word is part of: their name
    keys: tuple[Key, ...]
    by_name: Mapping[str, Key] = field(repr=False, compare=False)

    @classmethod
    def of(cls, name: str, bare: str, keys: Iterable[Key]) -> Self:
        keys = tuple(keys)
        return cls(name, bare, keys, {word: key for key in keys for word in (key.name, *key.aliases)})

    def only(self, *names: str) -> Self:
        """The same, with no other keys than these."""
        return type(self).of(self.name, self.bare, (key for key in self.keys if key.name in names))

    def with_words(self, words: Mapping[str, str]) -> Self:
        """The same with more aliases, each for a word that is known already; what leads nowhere here is left out."""
        more: dict[str, list[str]] = {}
        for word, known in words.items():
            if known in self.by_name and word not in self.by_name:
                more.setdefault(self.by_name[known].name, []).append(word)
        keys = (replace(key, aliases=(*key.aliases, *more.get(key.name, ()))) for key in self.keys)
        return type(self).of(self.name, self.bare, keys)
