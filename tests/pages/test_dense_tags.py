"""What is written at once, without a template: it escapes as templates do."""

from __future__ import annotations

from datetime import date

import pytest

from reports.pages.dense_tags import change_values, day, heat_bar, heat_cells, linked, tenth, timeline_cells
from reports.pages.differences import tell_difference
from reports.pages.heatmap import Cell
from reports.pages.timeline import Mark, Slot
from reports.pages.words import Word

NASTY = '"><xss>&'
SAFE = "&quot;&gt;&lt;xss&gt;&amp;"


def test_a_count_leads_to_what_it_counts_and_nought_leads_nowhere() -> None:
    assert linked(1200, NASTY, "all") == f'<a href="{SAFE}"><span class="tally all">1,200</span></a>'
    assert linked(0, "/runs/", "all") == '<span class="tally none">0</span>'
    assert linked(3, None, "all") == '<span class="tally all">3</span>'


@pytest.mark.parametrize(("value", "shown"), [(None, "\N{EN DASH}"), (0.0, "0.0"), (12.34, "12.3")])
def test_a_quantity_has_one_digit_behind_the_point(value: float | None, shown: str) -> None:
    assert shown in tenth(value)
    assert shown in heat_bar(value, 50.0)


def test_a_day_is_told_in_words_and_for_machines() -> None:
    assert day(date(2026, 11, 1)) == '<time datetime="2026-11-01">Sun 1 Nov 2026</time>'


def test_cells_of_a_heat_map_escape_what_they_lead_to() -> None:
    cells = heat_cells([Cell(0, 0, ""), Cell(1200, 3, NASTY, NASTY), Cell(2, 1, NASTY)])
    assert cells.count("<td") == 3
    assert f'<a href="{SAFE}" title="{SAFE}"><span>1.2k</span></a>' in cells
    assert f'<span title="{SAFE}">2</span>' in cells


def test_cells_of_a_timeline_are_marks_gaps_and_nothing() -> None:
    mark = Mark(Word("failed", "failed"), NASTY, NASTY)
    cells = timeline_cells([Slot(is_gap=True), Slot(is_gap=False), Slot(is_gap=False, mark=mark)])
    assert cells.startswith('<td class="gap"></td><td></td><td><a class="sign failed"')
    assert f'href="{SAFE}" title="{SAFE}" aria-label="{SAFE}"' in cells


def test_values_of_a_change_are_text_whatever_they_hold() -> None:
    short = change_values(tell_difference(NASTY, "", diff=None, is_sensitive=False))
    assert f'<span class="value old">{SAFE}</span>' in short
    assert '<em class="quiet">empty</em>' in short
    folded = change_values(tell_difference(None, NASTY * 100, diff=None, is_sensitive=False))
    assert folded.count("<details>") == 1
    assert "<xss>" not in folded
    assert change_values(tell_difference(None, None, diff=None, is_sensitive=False)) == ""


def test_a_digest_is_cut_short_and_whole_on_hover() -> None:
    digest = "0123456789ab" + "c" * 52
    shown = change_values(tell_difference(digest, None, diff=None, is_sensitive=False))
    assert f'title="{digest}">0123456789ab…</span>' in shown
