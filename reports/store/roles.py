"""What a node is for, as its facts tell it: what nodes are grouped by when they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.run import Json
from reports.store.text import clean_name


def find_role(facts: Mapping[str, Json], paths: Iterable[str]) -> str | None:
    """The first of the dotted paths that leads to a word or a list of words; None where none does.

    A list is told in alphabetical order, joined by ", ": nodes of the same roles are alike in whatever order they are
    written. What is no text is left out, for a role that is `true` or a table says nothing to a reader.
    """
    for path in paths:
        words = _words(_follow(facts, path))
        if words:
            return clean_name(", ".join(words))
    return None


def _follow(told: Json | Mapping[str, Json], path: str) -> Json | Mapping[str, Json]:
    """What the path leads to. A key may hold dots itself, and is then tried as it is first."""
    if not isinstance(told, Mapping):
        return None
    if path in told:
        return told[path]
    head, _, rest = path.partition(".")
    return _follow(told.get(head), rest) if rest else None


def _words(told: Json | Mapping[str, Json]) -> list[str]:
    listed = told if isinstance(told, list) else [told]
    return sorted({word for one in listed if isinstance(one, str) and (word := one.strip())})
