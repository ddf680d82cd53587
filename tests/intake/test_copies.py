"""Copies of reports that nothing but their arrival tells apart."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from reports.intake.copies import Copies
from tests.intake.reports import an_envelope


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    """Nothing was seen yet."""
    return Copies(tmp_path / "copies")


def test_a_copy_that_follows_soon_is_read_as_of_the_first(copies: Copies, tmp_path: Path) -> None:
    first = an_envelope()
    copy = an_envelope(received_at=first.received_at + timedelta(minutes=9))
    assert copies.as_first(first, b"x") == first
    assert copies.as_first(copy, b"x").received_at == first.received_at
    assert Copies(tmp_path / "copies").as_first(copy, b"x").received_at == first.received_at, "another drain knows it"


def test_the_same_words_half_an_hour_later_are_another_run(copies: Copies) -> None:
    first = an_envelope()
    later = an_envelope(received_at=first.received_at + timedelta(minutes=30))
    copies.as_first(first, b"x")
    assert copies.as_first(later, b"x") == later
    copy = an_envelope(received_at=later.received_at + timedelta(minutes=1))
    assert copies.as_first(copy, b"x").received_at == later.received_at


@pytest.mark.parametrize("other", [{"door": "chef"}, {"sender": "another"}, {"query": {"node": "b"}}])
def test_what_came_otherwise_is_no_copy(copies: Copies, other: dict[str, object]) -> None:
    first = an_envelope()
    copies.as_first(first, b"x")
    differing = an_envelope(received_at=first.received_at + timedelta(seconds=1), **other)
    assert copies.as_first(differing, b"x") == differing


def test_old_marks_are_forgotten(copies: Copies, tmp_path: Path) -> None:
    first = an_envelope()
    copies.as_first(first, b"x")
    (mark,) = (tmp_path / "copies").iterdir()
    copies.forget(first.received_at)
    assert mark.exists()
    long_ago = first.received_at.timestamp() - 7200
    os.utime(mark, times=(long_ago, long_ago))
    copies.forget(first.received_at)
    assert not mark.exists()


def test_a_mark_that_was_cut_short_marks_nothing(copies: Copies, tmp_path: Path) -> None:
    first = an_envelope()
    copies.as_first(first, b"x")
    (mark,) = (tmp_path / "copies").iterdir()
    mark.write_text("2026-")
    assert copies.as_first(first, b"x") == first
