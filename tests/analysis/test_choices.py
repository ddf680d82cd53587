"""What lists can be filtered by."""

from __future__ import annotations

import pytest

from reports.analysis.choices import Choices, list_choices
from tests.analysis.conftest import make_node

pytestmark = pytest.mark.django_db


def test_every_value_that_a_node_has_is_there_once_and_in_order() -> None:
    make_node("a", tools=["two", "one"])
    make_node("b", site="branch", environment="staging", tools=["one"])
    make_node("c", environment="production")
    make_node("d", environment=None, tools=[])
    make_node("e", environment="")
    assert list_choices() == Choices(
        sites=("branch", "main"), environments=("production", "staging"), tools=("one", "two")
    )


def test_an_empty_fleet_has_nothing_to_choose_from() -> None:
    assert list_choices() == Choices((), (), ())
