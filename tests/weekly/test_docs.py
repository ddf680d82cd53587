"""What the docs say of briefs is what is printed on them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from reports.weekly.as_json import VERSION
from reports.weekly.brief import WeeklyBrief
from reports.weekly.definitions import DEFINITIONS, OF_INCIDENTS
from reports.weekly.incident_brief import IncidentBrief

DOC = (Path(__file__).resolve().parents[2] / "docs" / "weekly-brief.md").read_text(encoding="utf-8")


def test_every_definition_stands_in_the_docs_word_for_word() -> None:
    told = (f"| {one.part} | {one.term} | {one.sentence} |" for one in (*DEFINITIONS, *OF_INCIDENTS))
    assert [line for line in told if line not in DOC] == []


def test_every_part_of_a_week_is_named_in_the_docs() -> None:
    named = set(re.findall(r"`(\w+)`", DOC))
    told_with_another = {"outcomes"}  # the heads of the days
    assert {field.name for field in dataclasses.fields(WeeklyBrief)} - told_with_another <= named


def test_every_definition_is_of_a_part() -> None:
    assert {one.part for one in DEFINITIONS} <= set(WeeklyBrief.__dataclass_fields__)
    assert {one.part for one in OF_INCIDENTS} <= set(IncidentBrief.__dataclass_fields__)


def test_the_docs_name_the_version_of_the_document() -> None:
    assert f"that of its shape, {VERSION} today" in DOC
