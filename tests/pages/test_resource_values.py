"""The values of a property side by side."""

from __future__ import annotations

from datetime import timedelta

from reports.analysis.resource_values import PropertyValues, ValueCount, gather_values
from reports.pages.resource_values import MOST_VALUES, lay_out_values
from tests.analysis.conftest import NOW, RUNS


def counted(value: str, environment: str, *, changes: int = 1, days: int = 1, is_wanted: bool = True) -> ValueCount:
    """A value that so many changes told, the first of them so many days ago."""
    first_at = NOW - timedelta(days=days)
    return ValueCount("mode", is_wanted, value, environment, changes, changes, first_at, NOW, 1, RUNS, f"v{days}")


def gather(*counts: ValueCount) -> PropertyValues:
    (values,) = gather_values(counts)
    return values


def test_a_value_stands_once_with_all_environments_that_have_it() -> None:
    table = lay_out_values(gather(counted("a", "staging", days=9), counted("a", "production", changes=5, days=2)))
    (row,) = table.rows
    assert row.places == (("production", 5), ("staging", 1))
    assert (row.changes, row.nodes, row.first_at, row.code_version) == (6, 6, NOW - timedelta(days=9), "v9")
    assert not table.differs_by_environment


def test_what_is_wanted_stands_above_what_was_found_and_the_most_frequent_first() -> None:
    counts = (
        counted("rare", "e"),
        counted("often", "e", changes=9),
        counted("drift", "e", changes=99, is_wanted=False),
    )
    rows = lay_out_values(gather(*counts)).rows
    assert [(row.side, row.value) for row in rows] == [("wanted", "often"), ("wanted", "rare"), ("found", "drift")]


def test_environments_that_want_nothing_in_common_differ() -> None:
    assert lay_out_values(gather(counted("a", "staging"), counted("b", "production"))).differs_by_environment
    rolled_out = gather(counted("a", "staging"), counted("b", "staging"), counted("b", "production"))
    assert not lay_out_values(rolled_out).differs_by_environment


def test_rare_values_are_left_out_and_counted() -> None:
    table = lay_out_values(gather(*(counted(f"{number}", "e") for number in range(MOST_VALUES + 3))))
    assert (len(table.rows), table.left_out) == (MOST_VALUES, 3)
