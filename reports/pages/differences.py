"""How the old and the new value of a change are shown: side by side while short, as lines with + and - when long."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Final

from reports.told import shorten_digests

SHORT_CHARACTERS: Final = 160  # a value up to here stands open
START_CHARACTERS: Final = 80  # of a longer one this much is shown
SHORT_LINES: Final = 14  # a diff up to here stands open
MINUS: Final = "\N{MINUS SIGN}"  # as wide as the plus; left out when somebody copies the lines
COMPARED_LINES: Final = 2_000  # comparing is quadratic at worst; longer values are shown whole

# Nobody compares 64 digits by eye; the first ones tell two contents apart.


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line; `kind` (added, removed, place, same) is its CSS class, `sign` the mark that colour alone may not be."""

    kind: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value. `start` is its beginning where it is too long to stand open; `brief` has its digests cut short."""

    text: str
    start: str | None
    brief: str | None = None  # None where nothing is cut


@dataclass(frozen=True, slots=True)
class Difference:
    """What to show of a change, folded when `is_long`: `lines` when there is a diff, else the values.

    Nothing at all when the value is withheld.
    """

    is_withheld: bool = False
    lines: tuple[DiffLine, ...] = ()
    is_long: bool = False
    added: int = 0
    removed: int = 0
    old: Value | None = None
    new: Value | None = None


def tell_difference(old: str | None, new: str | None, *, diff: str | None, is_sensitive: bool) -> Difference:
    """The tool's own diff where it gave one; else ours, where both values are known and have several lines."""
    if is_sensitive:
        return Difference(is_withheld=True)
    texts = diff.splitlines() if diff else compare_lines(old, new)
    if not texts:
        before, after = _value(old), _value(new)
        return Difference(old=before, new=after, is_long=any(value and value.start for value in (before, after)))
    lines = read_diff(texts)
    return Difference(
        lines=lines,
        is_long=len(lines) > SHORT_LINES or any(len(line.text) > 4 * SHORT_CHARACTERS for line in lines),
        added=sum(line.kind == "added" for line in lines),
        removed=sum(line.kind == "removed" for line in lines),
    )


def compare_lines(old: str | None, new: str | None) -> list[str]:
    """A unified diff without its file names; empty where a diff would not help."""
    if old is None or new is None or not ("\n" in old or "\n" in new):
        return []
    before, after = old.splitlines(), new.splitlines()
    if max(len(before), len(after)) > COMPARED_LINES:
        return []
    return list(difflib.unified_diff(before, after, lineterm="", n=3))[2:]


def read_diff(texts: list[str]) -> tuple[DiffLine, ...]:
    """The lines of a unified diff. The two that name files are left out: they name temporary ones."""
    return tuple(_diff_line(text) for place, text in enumerate(texts) if not _names_file(text, place))


def _names_file(text: str, place: int) -> bool:
    return place < 2 and text.startswith(("--- ", "+++ "))


def _diff_line(text: str) -> DiffLine:
    if text.startswith("@@"):
        return DiffLine("place", "", text)
    if text.startswith("+"):
        return DiffLine("added", "+", text[1:])
    if text.startswith("-"):
        return DiffLine("removed", MINUS, text[1:])
    return DiffLine("same", "", text.removeprefix(" "))


def _value(text: str | None) -> Value | None:
    if text is None:
        return None
    is_long = len(text) > SHORT_CHARACTERS or text.count("\n") > SHORT_LINES
    if is_long:
        return Value(text, text[:START_CHARACTERS].split("\n")[0])
    brief = shorten_digests(text)
    return Value(text, None, brief if brief != text else None)
