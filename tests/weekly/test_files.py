"""A brief as JSON and as CSV: whole, harmless, and the same every time."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from typing import Any

import pytest

from reports.weekly.as_csv import write_csv
from reports.weekly.as_json import VERSION, write_json
from reports.weekly.brief import WeeklyBrief
from reports.weekly.incident_brief import IncidentBrief
from tests.weekly.example_parts import LONG
from tests.weekly.examples import a_large_example, a_quiet_example, an_example, an_incident

BRIEFS = [an_example(), a_quiet_example(), a_large_example(500), an_incident()]


def read_csv(brief: WeeklyBrief | IncidentBrief) -> dict[str, list[list[str]]]:
    """Each part of the zip, its heads first."""
    with zipfile.ZipFile(io.BytesIO(write_csv(brief))) as folder:
        assert folder.testzip() is None
        texts = {name.removesuffix(".csv"): folder.read(name).decode("utf-8-sig") for name in folder.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def rows_of(brief: WeeklyBrief | IncidentBrief, part: str) -> list[dict[str, str]]:
    heads, *rows = read_csv(brief)[part]
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.mark.parametrize("brief", BRIEFS, ids=["usual", "quiet", "large", "incident"])
def test_every_field_of_a_brief_is_in_its_json(brief: WeeklyBrief | IncidentBrief) -> None:
    document: dict[str, Any] = json.loads(write_json(brief))
    fields = {field.name for field in dataclasses.fields(brief)}
    assert document.keys() == fields | {"kind", "version"}
    assert document["version"] == VERSION
    assert document["about"]["version"] == brief.about.version


@pytest.mark.parametrize("brief", BRIEFS, ids=["usual", "quiet", "large", "incident"])
def test_every_row_of_a_csv_has_a_cell_for_each_head_and_no_formula(brief: WeeklyBrief | IncidentBrief) -> None:
    for name, (heads, *rows) in read_csv(brief).items():
        assert len(set(heads)) == len(heads), name
        assert all(len(row) == len(heads) for row in rows), name
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_every_part_of_a_week_is_a_file() -> None:
    tables = read_csv(an_example())
    told_within = {"outcomes", "heat_days", "subject"}  # heads of other tables, and one line
    assert {field.name for field in dataclasses.fields(WeeklyBrief)} - told_within <= tables.keys()
    assert {field.name for field in dataclasses.fields(IncidentBrief)} <= read_csv(an_incident()).keys()


def test_a_name_that_a_spreadsheet_would_run_is_told_as_text() -> None:
    brief = an_example()
    node = dataclasses.replace(brief.nodes.lines[0], name='=HYPERLINK("http://x")', hottest="@SUM(A1)")
    nasty = dataclasses.replace(brief, nodes=dataclasses.replace(brief.nodes, lines=(node,)))
    (row,) = rows_of(nasty, "nodes")
    assert row["name"] == '\'=HYPERLINK("http://x")'
    assert row["hottest"] == "'@SUM(A1)"
    assert json.loads(write_json(nasty))["nodes"]["lines"][0]["name"] == '=HYPERLINK("http://x")'


def test_numbers_stay_numbers_and_several_have_a_column_each() -> None:
    brief = an_example()
    first = rows_of(brief, "nodes")[0]
    line = brief.nodes.lines[0]
    assert (int(first["corrections"]), int(first["before"])) == (line.corrections, line.before)
    assert [int(first[day.isoformat()]) for day in brief.heat_days] == list(line.trend)
    assert line.why is not None
    assert first["why_reason"] == line.why.reason
    assert first["why_cause"] == "corrective"
    day = rows_of(brief, "days")[0]
    assert [int(day[word.name]) for word in brief.outcomes] == list(brief.days[0].runs)


def test_long_names_are_whole() -> None:
    brief = an_example()
    assert LONG in {row["name"] for row in rows_of(brief, "new_nodes")}
    assert LONG in write_json(brief).decode()


def test_a_part_without_lines_has_its_heads_still() -> None:
    tables = read_csv(a_quiet_example())
    assert len(tables["nodes"]) == 1
    assert "name" in tables["nodes"][0]


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert write_csv(an_example()) == write_csv(an_example())
    assert write_json(an_example()) == write_json(an_example())
