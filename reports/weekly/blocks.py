"""The blocks a printed brief is made of. typst/brief.typ draws each kind by a function of the same name.

Every text is `Printable`: the type checker sees to it that nothing of a tool's gets in that was not made fit to print.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reports.weekly.printable import Printable, say

NOTHING = Printable("")

# plain; strong; quiet: smaller and grey; name: of a node, in mono; resource: likewise, bolder; value, message: mono
# with its line breaks; old, new: a value that went or came, each with its sign on a ground of its own; diff: each line
# on the ground of its sign; mark: a word behind a dot in the colour of `tone`.
Look = Literal["plain", "strong", "quiet", "name", "resource", "value", "message", "old", "new", "diff", "mark"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a cell, or a few. `more` follows a mark, without its colour."""

    text: Printable
    look: Look = "plain"
    tone: str = ""
    more: Printable = NOTHING


@dataclass(frozen=True, slots=True)
class Spark:
    """A row of tiny bars; the last `of_week` are of the week. `alt` reads the numbers out."""

    numbers: tuple[int, ...]
    of_week: int
    alt: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, top down. `shade`: how warm its ground is, 0 to 5; `across`: columns it takes."""

    pieces: tuple[Piece, ...] = ()
    spark: Spark | None = None
    shade: int = 0
    across: int = 1
    may_break: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column takes a share of what is left, or so many millimetres, or what it needs."""

    title: Printable
    share: float | None = None
    mm: float | None = None
    is_number: bool = False
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that repeat on each page; `is_whole`: it is short, and kept on one. `note` is said below."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Printable = NOTHING
    is_dense: bool = False
    is_whole: bool = False
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Series:
    """One part of every bar: a word of the code, and how it is called."""

    name: str
    label: Printable


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, or a slice of a window. `top` is printed above it, `under` below its label."""

    label: Printable
    under: Printable
    top: Printable
    parts: tuple[int, ...]
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars, the parts from the ground up; so many millimetres tall."""

    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    alt: str
    tall: int = 30
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """`part` is what lines of the first page refer to it by."""

    level: int
    text: Printable
    part: str = ""
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `lead` is quiet, and stays with what it leads to; `note` keeps its line breaks, behind a bar."""

    text: Printable
    look: Literal["plain", "quiet", "lead", "note"] = "plain"
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top of the first page."""

    kicker: Printable
    title: Printable
    scope: Printable
    facts: tuple[tuple[Printable, Printable], ...]
    notices: tuple[Printable, ...]
    kind: str = field(default="masthead", init=False)


@dataclass(frozen=True, slots=True)
class Card:
    """One counter: its number, and how that was before."""

    label: Printable
    number: Printable
    change: Printable
    tone: str


@dataclass(frozen=True, slots=True)
class Counters:
    """Cards, so many in a row."""

    cards: tuple[Card, ...]
    across: int
    kind: str = field(default="counters", init=False)


@dataclass(frozen=True, slots=True)
class ShortLine:
    """One of the ten lines, and the part that tells more."""

    text: Printable
    part: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one of the three questions; `nothing` is said where there are none."""

    title: Printable
    nothing: Printable
    lines: tuple[ShortLine, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The ten lines of the first page."""

    groups: tuple[Group, ...]
    kind: str = field(default="lines", init=False)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Words, and how each is counted."""

    entries: tuple[tuple[Printable, Printable], ...]
    kind: str = field(default="definitions", init=False)


Block = Heading | Paragraph | Table | Bars | Masthead | Counters | Lines | Definitions


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page, and what the document says of itself."""

    title: str
    description: str
    author: str
    keywords: tuple[str, ...]
    head_left: Printable
    head_right: Printable
    foot: Printable


@dataclass(frozen=True, slots=True)
class Sheets:
    """A whole document."""

    frame: Frame
    blocks: tuple[Block, ...]


def column(title: str, share: float | None = None, *, mm: float | None = None) -> Column:
    """A column of text."""
    return Column(say(title), share, mm)


def numbers(title: str, mm: float | None = None) -> Column:
    """A column of numbers, under each other by their last digit."""
    return Column(say(title), mm=mm, is_number=True)


def cell(*pieces: Piece | None) -> Cell:
    """A cell of the pieces that are not None."""
    return Cell(tuple(piece for piece in pieces if piece is not None))


def number(count: int | None) -> Cell:
    """A count with its thousands apart; a dash where nobody told."""
    return told("\N{EN DASH}" if count is None else f"{count:,}")


def told(text: str) -> Cell:
    """One line of plain text."""
    return Cell((Piece(say(text)),))
