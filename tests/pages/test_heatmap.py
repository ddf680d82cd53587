"""Heat-maps: shades, columns and what a cell leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reports.analysis.heatmap import WeekHours
from reports.pages.heatmap import SHADES, Line, draw_days, draw_week, shade_of

DAY = date(2026, 10, 30)
DAYS = tuple(DAY + timedelta(days=offset) for offset in range(7))


def test_shades_grow_with_the_count_and_the_most_has_the_last_one() -> None:
    shades = [shade_of(count, 1000) for count in range(1001)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[1000]) == (0, 1, SHADES)
    assert shade_of(1, 1) == SHADES


def test_a_burst_does_not_make_all_others_pale() -> None:
    assert shade_of(10, 5000) >= 2


def test_a_cell_leads_to_its_day_and_nothing_leads_nowhere() -> None:
    drawn = draw_days([Line("web", "/nodes/web/", "/changes/?node=web", {DAY: 3})], DAYS)
    assert drawn is not None
    (row,) = drawn.rows
    assert row.total == 3
    assert row.cells[0].link == "/changes/?node=web&since=2026-10-30&until=2026-10-31"
    assert row.cells[0].title == "3 corrections on Friday 30 October"
    assert {cell.link for cell in row.cells[1:]} == {None}
    assert [(head.label, head.span) for head in drawn.groups] == [("Oct", 2), ("Nov 2026", 5)]


@pytest.mark.parametrize("most", [1, 2, 7, 40, 100_000])
def test_the_legend_names_the_fewest_corrections_of_each_shade(most: int) -> None:
    drawn = draw_days([Line("web", None, None, {DAY: most})], DAYS)
    assert drawn is not None
    for step in drawn.steps:
        assert shade_of(step.count, most) == step.shade
        assert shade_of(step.count - 1, most) < step.shade
    assert drawn.steps[-1].shade == SHADES


def test_without_a_correction_nothing_is_drawn() -> None:
    assert draw_days([Line("web", None, None, {})], DAYS) is None
    assert draw_days([], DAYS) is None
    assert draw_week(WeekHours(((0,) * 24,) * 7)) is None


def test_a_week_has_a_row_a_day_and_a_column_an_hour() -> None:
    hours = [[0] * 24 for _ in range(7)]
    hours[6][23] = 2
    drawn = draw_week(WeekHours(tuple(map(tuple, hours))))
    assert drawn is not None
    assert [row.name for row in drawn.rows][::6] == ["Monday", "Sunday"]
    assert drawn.rows[6].cells[23].title == "2 corrections on Sundays between 23:00 and 24:00 UTC"


def test_many_days_are_drawn_by_the_week() -> None:
    many = tuple(DAY + timedelta(days=offset) for offset in range(90))
    counts = {DAY: 1, DAY + timedelta(days=2): 2, DAY + timedelta(days=3): 4}
    drawn = draw_days([Line("web", None, "/changes/?node=web", counts)], many)
    assert drawn is not None
    assert drawn.unit == "week"
    (row,) = drawn.rows
    assert [cell.count for cell in row.cells] == [3, 4] + [0] * 12
    assert row.total == 7
    assert row.cells[0].title == "3 corrections from Friday 30 October to Sunday 1 November"
    assert row.cells[1].link == "/changes/?node=web&since=2026-11-02&until=2026-11-09"
    assert [head.label for head in drawn.heads][:3] == ["30", "2", "9"]
    assert sum(head.span for head in drawn.groups) == len(drawn.heads) == 14
