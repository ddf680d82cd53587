"""Rows and cells that are written at once: the same columns as their heads, and text that stays text."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Final, cast
from uuid import UUID

from reports.analysis.hotspots import Hotspot, Hottest
from reports.analysis.node import NodeDayLine
from reports.analysis.resource import ResourceDayLine
from reports.analysis.runs import RunCounts
from reports.analysis.value_history import ValueStep
from reports.pages.hotspot_rows import HotspotRow
from reports.pages.row_tags import hot_why, last_values, node_day_rows, resource_day_rows, run_counts
from reports.run import Cause, Status

NASTY = '"><xss>&'
SAFE = "&quot;&gt;&lt;xss&gt;&amp;"
DAY = date(2026, 11, 1)
STEP: Final = ValueStep(
    at=datetime(2026, 11, 1, tzinfo=UTC),
    run_id=UUID(int=1),
    ordinal=0,
    status=Status.SUCCESS,
    cause=Cause.CORRECTIVE,
    property=NASTY,
    old="",
    new=NASTY,
    has_diff=False,
    is_sensitive=False,
)


def test_a_day_of_a_node_has_a_cell_for_each_head() -> None:
    counts = {field.name: 0 for field in fields(NodeDayLine)} | {"day": DAY, "runs": 1200, "failures": 3}
    row = node_day_rows([NodeDayLine(**counts)])  # type: ignore[arg-type]
    assert row.count("<td") == 5
    assert row.startswith('<tr><th scope="row" class="fit"><time datetime="2026-11-01">')
    assert '<td class="num"><span class="tally failed">3</span></td>' in row
    assert '<td class="num">1,200</td>' in row


def test_a_day_of_a_resource_escapes_its_environment_and_says_where_there_is_none() -> None:
    line = ResourceDayLine(day=DAY, environment=NASTY, nodes=1200, changes=2, corrections=0, failures=0)
    rows = resource_day_rows([line, replace(line, environment="")])
    assert rows.count("<tr>") == 2
    assert f'<span class="clamp one"><bdi>{SAFE}</bdi></span>' in rows
    assert '<td><span class="none">not told</span></td>' in rows
    assert '<td class="num">1,200</td></tr>' in rows


def test_counts_of_a_run_stand_in_the_columns_shown_alone() -> None:
    counts = RunCounts(**{field.name: place for place, field in enumerate(fields(RunCounts), start=1)})
    shown = dict.fromkeys((field.name for field in fields(RunCounts)), False) | {"failed": True, "total": True}
    assert run_counts(counts, shown) == (
        '<td class="num"><span class="tally failed">4</span></td><td class="num wide-only">1</td>'
    )


def test_the_values_of_a_change_are_text_whatever_they_hold() -> None:
    told = last_values(STEP)
    assert "<xss>" not in told
    assert f'<span class="value-text wanted">{SAFE}</span>' in told
    assert '<em class="quiet">empty</em>' in told
    assert f"<bdi>{SAFE}</bdi>" in told
    assert "<bdi>" not in last_values(STEP, named=False)


def test_values_that_were_withheld_or_not_told_are_not_made_up() -> None:
    withheld = last_values(STEP._replace(is_sensitive=True))
    assert "withheld" in withheld
    assert "value-text" not in withheld
    assert last_values(STEP._replace(old=None, new=None), named=False) == '<span class="last-values"></span>'


def hot_row(hottest: Hottest | None) -> HotspotRow:
    """What the cell asks of a row, and no more."""
    spot = cast("Hotspot", SimpleNamespace(hottest=hottest))
    return cast("HotspotRow", SimpleNamespace(spot=spot, hottest_link=NASTY, pattern=None, pair=None))


def test_what_is_hottest_is_text_that_leads_to_it_and_a_dash_where_there_is_nothing() -> None:
    told = hot_why(hot_row(Hottest(NASTY, evidence=NASTY)), None)
    assert "<xss>" not in told
    assert f'<a class="clamp one" href="{SAFE}"><bdi>{SAFE}</bdi></a>' in told
    assert f'<span class="note clamp two">{SAFE}</span>' in told
    assert hot_why(hot_row(None), None) == '<span class="none">\N{EN DASH}</span>'
