"""Which nodes keep needing corrections."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.heat import COLD, heat_now
from reports.analysis.hottest import list_hottest
from reports.rollups.heat import stored_heat
from tests.analysis.conftest import NOW, heat_of, make_node

pytestmark = pytest.mark.django_db


def test_the_hottest_come_first_and_those_never_corrected_not_at_all() -> None:
    make_node("one-now", heat=heat_of(1))
    make_node("three-now", heat=heat_of(3))
    make_node("eight-two-weeks-ago", heat=heat_of(8, at=NOW - timedelta(days=14)))
    make_node("never")
    found = list_hottest(NOW)
    assert [(node.name, round(node.heat or 0, 3)) for node in found] == [
        ("three-now", 3),
        ("eight-two-weeks-ago", 2),
        ("one-now", 1),
    ]


def test_what_has_cooled_down_is_no_longer_listed() -> None:
    make_node("once", heat=heat_of(1))
    assert list_hottest(NOW + timedelta(days=21))
    assert not list_hottest(NOW + timedelta(days=28))


def test_no_more_are_listed_than_asked_for() -> None:
    for number in range(5):
        make_node(f"n{number}", heat=heat_of(number + 1))
    assert [node.name for node in list_hottest(NOW, limit=2)] == ["n4", "n3"]


def test_heat_halves_in_seven_days_and_its_bound_is_its_inverse() -> None:
    assert heat_now(heat_of(6), NOW + timedelta(days=7)) == pytest.approx(3)
    assert heat_now(None, NOW) is None
    assert heat_now(stored_heat(COLD, NOW), NOW) == pytest.approx(COLD)
