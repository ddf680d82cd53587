"""Untrusted text made visible, and quantities in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pages.plain import UNSEEN, make_breakable, make_visible, tell_exact
from reports.told import tell_age, tell_briefly, tell_duration, tell_risk, tell_share, tell_size

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_markup_is_shown_as_text() -> None:
    assert make_visible("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\r", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800"])
def test_a_character_that_cannot_be_seen_is_told_by_its_code_point(character: str) -> None:
    assert make_visible(f"a{character}b") == f'a<span class="unseen">U+{ord(character):04X}</span>b'


def test_a_name_of_spaces_alone_can_be_seen() -> None:
    assert make_visible(" \t") == '<span class="unseen">U+0020</span><span class="unseen">U+0009</span>'
    assert make_visible("a b") == "a b"
    assert make_visible("") == ""


def test_tabs_line_breaks_and_letters_of_any_script_stay_as_they_are() -> None:
    text = "a\tb\nc é 漢字 שלום \N{PILE OF POO}"
    assert make_visible(text) == text


@given(st.text())
def test_nothing_unseen_and_no_tag_of_the_text_survives(text: str) -> None:
    shown = make_visible(text)
    assert not UNSEEN.search(shown)
    replaced = UNSEEN.findall(text) if text.strip() else text
    assert shown.count("<") == 2 * len(replaced), "only our own elements are left"


@given(st.text(alphabet="ab./_:-@<>&\"'\u202e"))
def test_leave_to_break_lines_changes_nothing_else(text: str) -> None:
    shown = make_visible(text)
    broken = make_breakable(shown)
    assert broken.replace("<wbr>", "") == shown
    assert "unseen<wbr>" not in broken


def test_a_name_breaks_behind_its_joints() -> None:
    assert make_breakable(make_visible("web.example/x")) == "web.<wbr>example/<wbr>x"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=12), "12 s ago"),
        (timedelta(minutes=5, seconds=59), "5 min ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=9), "9 d ago"),
        (timedelta(days=400), "13 months ago"),
        (timedelta(minutes=-3), "in 3 min"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(ago: timedelta, words: str) -> None:
    assert tell_age(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0042, "4 ms"), (0.42, "420 ms"), (7.31, "7.3 s"), (48.4, "48 s"), (125, "2 min 5 s"), (4320, "1 h 12 min")],
)
def test_a_duration_is_told_as_finely_as_it_matters(seconds: float, words: str) -> None:
    assert tell_duration(seconds) == words


def test_sizes_and_moments_are_told_in_full() -> None:
    assert [tell_size(size) for size in (999, 1500, 48_000_000, 3 * 10**12)] == ["999 B", "1.5 kB", "48 MB", "3.0 TB"]
    assert tell_exact(NOW) == "2026-11-23 12:00:00 UTC"


@pytest.mark.parametrize(("probability", "told"), [(0.0, "1 %"), (0.734, "73 %"), (0.999, "99 %")])
def test_nothing_that_is_foretold_is_certain(probability: float, told: str) -> None:
    assert tell_risk(probability).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0 %"), (0.0004, "under 0.1 %"), (0.036, "3.6 %"), (0.0999, "10 %"), (1.0, "100 %")]
)
def test_a_small_share_is_told_with_a_digit_more(share: float, told: str) -> None:
    assert tell_share(share).replace("\N{NO-BREAK SPACE}", " ") == told


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0"), (999, "999"), (1000, "1.0k"), (1728, "1.7k"), (9949, "9.9k"), (9950, "10k"), (11_390, "11k"),
     (999_499, "999k"), (999_500, "1.0M"), (12_345_678, "12M")],
)  # fmt: skip
def test_a_count_in_a_cell_takes_four_characters(count: int, told: str) -> None:
    assert tell_briefly(count) == told
