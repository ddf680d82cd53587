"""What differs between two inventories of one node. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from reports.run import Json
from reports.store.jsonb import jsonb_text
from reports.store.text import clean

MOST_DIFFERENCES = 1000  # of one inventory: more than these say "all is different", not what
_MOST_VALUE_BYTES = 64 << 10


class Difference(NamedTuple):
    """One fact or package. None as JSON text: it was not there, or is gone; a value that is null is the text "null"."""

    name: str
    old: str | None
    new: str | None


def differences(
    old: Mapping[str, Json], new: Mapping[str, Json], *, volatile: Collection[str] = frozenset()
) -> list[Difference]:
    """By name: dotted paths into nested facts, lists as a whole; without what is volatile at any level of its path."""
    found = list(islice(_differ(old, new, "", frozenset(volatile)), MOST_DIFFERENCES + 1))
    if len(found) <= MOST_DIFFERENCES:
        return found
    return [*found[:MOST_DIFFERENCES], Difference("… [more differences, not kept]", None, None)]


def _differ(
    old: Mapping[str, Json], new: Mapping[str, Json], prefix: str, volatile: frozenset[str]
) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        path = prefix + name
        before, after = old.get(name), new.get(name)
        if path in volatile or (before == after and (name in old) == (name in new)):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _differ(before, after, path + ".", volatile)
        elif (told := Difference(clean(path), _told(old, name), _told(new, name))).old != told.new:
            yield told


def _told(facts: Mapping[str, Json], name: str) -> str | None:
    if name not in facts:
        return None
    text = jsonb_text(facts[name])
    return text if len(text) <= _MOST_VALUE_BYTES else jsonb_text(f"… [{len(text)} characters of JSON, not kept]")
