"""Day rows in, forecasts out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.risk.foretell import array_literal, foretell, foretell_when_due
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource, NodeState
from reports.run import Pattern
from reports.store.tables import Resource
from tests.analysis.conftest import NOW, make_day, make_node

pytestmark = pytest.mark.django_db


def make_history(name: str, *, days: int = 28, **counts: int) -> int:
    """A node that ran every day; what is named happened on each of them."""
    key = make_node(name)
    for days_ago in range(days):
        make_day(key, days_ago=days_ago, **counts)
    return key


def risk_of(key: int) -> NodeRisk:
    return NodeRisk.objects.get(node_id=key)


def test_a_node_that_is_corrected_daily_is_likelier_than_a_quiet_one() -> None:
    busy, quiet = make_history("busy", corrections=1), make_history("quiet")
    assert foretell(NOW).nodes == 2
    assert risk_of(busy).probability > 0.9
    assert risk_of(quiet).probability < 0.5
    assert risk_of(busy).reasons[0] == "Corrected on each of its last 14 days."
    assert risk_of(quiet).reasons[0].startswith("Quiet for 27 days")


def test_days_count_not_how_often_a_node_reports_or_how_much_it_changes() -> None:
    once, storm = make_history("once", corrections=1), make_history("storm", corrections=5000)
    foretell(NOW)
    assert risk_of(once).probability == risk_of(storm).probability


def test_a_failing_node_says_so() -> None:
    key = make_history("broken", failed=3)
    make_history("fine")
    foretell(NOW)
    assert risk_of(key).reasons[0] == "Runs failed on each of its last 28 days."


def test_a_clock_years_off_is_not_heard() -> None:
    key, twin = make_history("late"), make_history("right")
    make_day(key, days_ago=3650, corrections=9)
    make_day(key, days_ago=-800, corrections=9)
    foretell(NOW)
    assert risk_of(key).probability == risk_of(twin).probability


def test_the_same_counts_give_the_same_numbers() -> None:
    make_history("a", corrections=1)
    key = make_history("b", changed=4)
    foretell(NOW)
    first = risk_of(key)
    foretell(NOW)
    assert risk_of(key) == first


def test_an_empty_fleet_is_foretold_nothing() -> None:
    assert foretell(NOW).nodes == 0


def test_a_node_without_a_day_is_told_from_the_others() -> None:
    make_history("busy", corrections=1)
    key = make_node("never ran")
    foretell(NOW)
    assert 0 < risk_of(key).probability < 1
    assert "It has not run in the last months: this is for when it does." in risk_of(key).reasons


def test_of_a_silent_node_it_is_said_what_the_number_is_worth() -> None:
    key = make_history("gone", corrections=1)
    NodeState.objects.filter(node_id=key).update(last_received_at=NOW - timedelta(days=11))
    foretell(NOW)
    assert risk_of(key).reasons[0] == "Silent since 12 Nov 2026: this is for when it runs again."


def test_a_node_that_went_away_has_no_risk_any_more() -> None:
    key = make_history("short-lived")
    foretell(NOW)
    NodeState.objects.filter(node_id=key).delete()
    foretell(NOW)
    assert not NodeRisk.objects.filter(node_id=key).exists()


def test_what_changes_by_the_clock_is_named_with_its_evidence() -> None:
    key = make_history("clockwork", corrections=1)
    make_history("quiet")
    Resource.objects.create(id=7, type="file", title='C:\\motd "x"\t{,}')
    NodeResource.objects.create(
        node_id=key,
        resource_id=7,
        changes=28,
        corrections=28,
        failures=0,
        first_change_at=NOW - timedelta(days=28),
        last_change_at=NOW,
        pattern=Pattern.PERIODIC,
        evidence="About every 24 h, mostly near 02:00 UTC (27 of 28).",
    )
    foretell(NOW)
    expected = 'file[C:\\motd "x"\t{,}]: About every 24 h, mostly near 02:00 UTC (27 of 28).'
    assert risk_of(key).reasons[1] == expected


@pytest.mark.parametrize(
    "text", ["plain", 'a "quote"', "back\\slash", "{braces, and commas}", "line\nbreak", "NULL", ""]
)
def test_any_text_survives_as_an_element_of_an_array(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_literal([text, "second"])])
        assert cursor.fetchone()[0] == [text, "second"]


def test_it_is_due_once_an_hour_and_when_much_of_the_fleet_is_new() -> None:
    make_history("first")
    assert foretell_when_due(NOW)
    assert foretell_when_due(NOW + timedelta(minutes=30)) is None
    assert foretell_when_due(NOW + timedelta(hours=1))
    make_node("second")
    assert foretell_when_due(NOW + timedelta(hours=1, minutes=1))


def test_the_number_of_queries_does_not_grow_with_the_fleet() -> None:
    for number in range(3):
        make_history(f"n{number}", days=3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        foretell(NOW)
    for number in range(3, 12):
        make_history(f"n{number}", days=3)
    with CaptureQueriesContext(connection) as many:
        foretell(NOW)
    assert len(few) == len(many)
