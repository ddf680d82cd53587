"""The language on one screen: every key of every subject, as the page of the search shows it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from reports.search.keys import Key
from reports.search.subjects import SUBJECTS


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key. `also`: what else it goes by. `words`: the values it takes, where they are few."""

    key: Key
    also: str
    words: str


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The keys of one subject, and what a bare word is part of there."""

    subject: str
    bare: str
    rows: tuple[KeyRow, ...]


@functools.cache
def key_tables() -> tuple[KeyTable, ...]:
    """One for nodes, runs, changes and resources each; they never change while a process lives."""
    return tuple(
        KeyTable(
            subject.name,
            subject.bare,
            tuple(KeyRow(key, ", ".join(key.aliases), ", ".join(key.words)) for key in subject.keys),
        )
        for subject in SUBJECTS.values()
    )
