"""The page on the language names every key and every word, in the part of its subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.adapters.discovery import adapters
from reports.search.keys import Subject
from reports.search.language import parse
from reports.search.subjects import NODES, SUBJECTS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=list(SUBJECTS))
def test_every_key_stands_in_the_part_of_its_subject(subject: Subject) -> None:
    part = TEXT.split(f"### {subject.name.capitalize()}")[1].split("\n#")[0]
    keys = "\n".join(line.split("|")[1] for line in part.splitlines() if line.startswith("| "))
    assert [key.name for key in subject.keys if f"`{key.name}`" not in keys] == []


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=list(SUBJECTS))
def test_every_word_that_a_key_takes_is_named(subject: Subject) -> None:
    assert [word for key in subject.keys for word in key.words if f"`{word}`" not in TEXT] == []


def test_every_word_of_a_tool_for_nodes_and_environments_is_named() -> None:
    words = [word for adapter in adapters() for word, known in adapter.words.items() if known == "environment"]
    assert len(words) > 1
    assert [word for word in words if f"`{word}:`" not in TEXT] == []


def test_the_example_on_top_is_a_query() -> None:
    example = TEXT.split("```")[1].strip()
    assert len(parse(example, NODES).terms) == 6
