"""Any text may be printed, and is read back as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.weekly.blocks import Cell, Frame, Paragraph, Piece, Sheets, Table, column
from reports.weekly.compile import order_of
from reports.weekly.coverage import read_coverage
from reports.weekly.fonts import FILES
from reports.weekly.paper import Paper
from reports.weekly.printable import BREAK, CLOSE, OPEN, say, say_lines, say_plainly
from reports.weekly.typeset import set_document
from tests.weekly.read_back import Printed

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIMPLE = st.text(
    st.one_of(
        st.characters(max_codepoint=0x5FF, exclude_categories=["Mn", "Mc", "Me"]),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1F5FF),
        st.sampled_from("\x00\x1b\u202e\u2066\u200d\ufeff\ud800#$*_`@<>\\/[]\"'-"),
    ),
    max_size=60,
)


def print_text(text: str) -> Printed:
    """The text as running text and as a name."""
    row = (Cell((Piece(say(text), "name"), Piece(say_lines(text), "diff"))),)
    return Printed(
        set_document(order_of(_sheets(Paragraph(say(text)), Table((column("head"),), (row,))), Paper.A4, NOW))
    )


def _sheets(*blocks: Paragraph | Table) -> Sheets:
    empty = say("")
    return Sheets(Frame(say_plainly("test"), "", "", (), empty, empty, empty), blocks)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80))
def test_any_text_compiles(text: str) -> None:
    assert print_text(text).made.startswith(b"%PDF")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SIMPLE)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    printed = Printed(set_document(order_of(_sheets(Paragraph(say(text))), Paper.A4, NOW)))
    shown = say(text).translate({ord(mark): None for mark in (OPEN, CLOSE, BREAK)})
    assert sorted(printed.letters) == sorted("".join(f"{shown}Page1of1".split()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a<U+0000>b"),
        ("\u202egpj", "<U+202E>gpj"),
        ("\ud800", "<U+D800>"),
        ("\ue000", "<U+E000>"),
        ("e\u0301", "e\u0301"),
        ("\u0e01\u05b0", "\u0e01<U+05B0>"),
        ("\u0301", "<U+0301>"),
        ("\U0001f4a9", "\U0001f4a9"),
        ("\u2717", "<U+2717>"),
        ("a\nb", "a<U+000A>b"),
    ],
)
def test_what_has_no_glyph_or_cannot_be_seen_is_told_by_its_code_point(text: str, shown: str) -> None:
    assert say(text).replace(OPEN, "<").replace(CLOSE, ">").replace(BREAK, "") == shown


def test_lines_are_kept_where_they_are_meant() -> None:
    assert say_lines("a\r\n\tb\x07") == f"a\n    b{OPEN}U+0007{CLOSE}"


def test_long_text_is_cut_and_says_by_how_much() -> None:
    assert say("x" * 2000, most=300).endswith(f" {OPEN}\N{HORIZONTAL ELLIPSIS} +1,700 characters{CLOSE}")
    assert "characters" not in say("x" * 310, most=300)


def test_long_names_may_break_at_joints_and_within_what_has_none() -> None:
    assert say("/etc/ssh") == f"/{BREAK}etc/{BREAK}ssh"
    assert max(map(len, say("x" * 200).split(BREAK))) <= 16


def test_where_nothing_can_be_drawn_escapes_stand_in_brackets() -> None:
    assert say_plainly("a\x00/b") == "a[U+0000]/b"


@pytest.mark.parametrize("family", FILES)
def test_our_reading_of_a_font_is_the_same_as_of_a_library(family: str) -> None:
    with TTFont(FILES[family], fontNumber=0, lazy=True) as font:
        theirs = {code for code in font.getBestCmap() if not (0xE000 <= code < 0xF900 or code >= 0xF0000)}
    assert read_coverage(FILES[family]) == theirs
