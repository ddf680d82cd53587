"""What a query means stands in a statement where that says, and its values beside it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q

from reports.analysis.hotspot_nodes import ids_of_nodes
from reports.analysis.meant import of_those_meant
from tests.analysis.conftest import make_node

STATEMENT = "SELECT name FROM node_state WHERE name LIKE %(like)s /* AND meant: node_id */ ORDER BY name"
HARMFUL = "'; DROP TABLE node_state; -- %s %(like)s %% \\1"


def find(meant: Q | None, like: str = "%") -> list[str]:
    with connection.cursor() as database:
        database.execute(*of_those_meant(STATEMENT, {"like": like}, ids_of_nodes(meant)))
        return [name for (name,) in database.fetchall()]


@pytest.mark.django_db
def test_a_statement_finds_those_meant_alone() -> None:
    for name in ("a", "b", HARMFUL):
        make_node(name)
    assert find(None) == sorted(["a", "b", HARMFUL])
    assert find(Q(name="a") | Q(name="b")) == ["a", "b"]
    assert find(Q(name=HARMFUL)) == [HARMFUL]
    assert find(~Q(name__in=["a", HARMFUL]), "b%") == ["b"]
    assert find(Q(name__contains="%s %(")) == [HARMFUL]


@pytest.mark.django_db
def test_what_everything_or_nothing_meets_needs_no_text() -> None:
    make_node("a")
    assert find(Q()) == find(~Q(node_id__in=[])) == ["a"]
    assert find(Q(node_id__in=[])) == []


def test_no_value_is_ever_written_into_the_statement() -> None:
    text, values = of_those_meant(STATEMENT, {"like": "%"}, ids_of_nodes(Q(name=HARMFUL, site="main")))
    assert "DROP" not in text
    assert values == {"like": "%", "meant_0": HARMFUL, "meant_1": "main"}


def test_a_statement_that_cannot_be_narrowed_is_refused() -> None:
    with pytest.raises(ValueError, match="where it can be narrowed"):
        of_those_meant("SELECT 1", {}, ids_of_nodes(Q()))
