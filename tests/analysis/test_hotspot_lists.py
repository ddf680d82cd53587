"""What stands beside the ranking: what is new, repeaters, fleet events, and when corrections happen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.heatmap import (
    count_days_of_environments,
    count_days_of_nodes,
    count_days_of_resources,
    count_hours_of_week,
    days_of,
)
from reports.analysis.new_hotspots import list_new_nodes, list_new_resources
from reports.analysis.repeaters import MENDED_AFTER, list_repeaters
from reports.analysis.window import last_days
from reports.rollups.tables import FleetEvent, NodeResource
from reports.run import Pattern
from reports.store.ids import node_id, resource_id
from tests.analysis.conftest import NOW
from tests.analysis.hotspots import keep, tell

pytestmark = pytest.mark.django_db
WEEK = last_days(7, NOW)
MOTD = resource_id("File", "/motd")


def test_new_is_what_was_corrected_this_week_and_not_in_the_week_before() -> None:
    keep(
        tell("new", "/motd"),
        tell("again", "/hosts", hours_ago=2),
        tell("again", "/hosts", hours_ago=24 * 9),
        tell("long ago", "/new", hours_ago=3, environment="staging"),
        tell("long ago", "/motd", hours_ago=24 * 20),
    )
    assert [(row.name, row.site) for row in list_new_nodes(NOW)] == [("long ago", "main"), ("new", "main")]
    assert [row.name for row in list_new_resources(NOW)] == ["File[/motd]", "File[/new]"]
    assert [row.name for row in list_new_nodes(NOW, environment="staging")] == ["long ago"]
    assert [row.name for row in list_new_resources(NOW, environment="staging")] == ["File[/new]"]
    assert list_new_nodes(NOW)[1].heat == pytest.approx(2 ** (-1 / 168))


def test_repeaters_come_by_resource_with_how_many_nodes_have_them() -> None:
    keep(tell("a", "/motd", "/once"), tell("b", "/motd"), tell("c", "/motd", hours_ago=24 * 8))
    NodeResource.objects.filter(resource_id=MOTD).update(pattern=Pattern.REPEATER, evidence="in 47 of 48 runs")
    (repeater,) = list_repeaters(NOW)
    assert (repeater.resource, repeater.nodes, repeater.changes) == ("File[/motd]", 2, 2)
    assert (repeater.evidence, repeater.node in {"a", "b"}) == ("in 47 of 48 runs", True)
    assert list_repeaters(NOW + MENDED_AFTER) == ()


def test_a_fleet_event_is_listed_once_with_its_extent() -> None:
    keep(tell("a", "/motd"))
    for hours_ago, environment in ((2, "production"), (200, "production"), (3, "staging")):
        began = NOW - timedelta(hours=hours_ago)
        FleetEvent.objects.create(
            resource_id=MOTD, environment=environment, started_at=began, ended_at=began, nodes=40, corrections=41
        )
    first, second = list_fleet_events(WEEK)
    assert (first.resource, first.environment, first.nodes, first.corrections) == ("File[/motd]", "production", 40, 41)
    assert second.environment == "staging"
    assert list_fleet_events(WEEK, environment="staging") == (second,)


def test_corrections_by_day_are_those_of_what_is_asked_for() -> None:
    keep(
        tell("a", "/motd", "/hosts"),
        tell("a", "/motd", hours_ago=25),
        tell("b", "/motd", environment="staging"),
        tell("b", "/motd", hours_ago=24 * 8),
    )
    today, yesterday = NOW.date(), NOW.date() - timedelta(days=1)
    a = node_id("main", "a")
    assert count_days_of_nodes([a], WEEK) == {a: {today: 2, yesterday: 1}}
    assert count_days_of_resources([MOTD], WEEK) == {MOTD: {today: 2, yesterday: 1}}
    assert count_days_of_resources([MOTD], WEEK, environment="staging") == {MOTD: {today: 1}}
    assert count_days_of_environments(WEEK) == {"production": {today: 2, yesterday: 1}, "staging": {today: 1}}
    assert days_of(WEEK) == tuple(date(2026, 11, day) for day in range(17, 24))


def test_the_hours_of_the_week_begin_on_monday_at_midnight() -> None:
    keep(
        *(tell(name, "/motd", hours_ago=(NOW - at).total_seconds() / 3600) for name, at in (
            ("a", datetime(2026, 11, 23, 0, 30, tzinfo=UTC)),  # Monday
            ("b", datetime(2026, 11, 22, 23, 30, tzinfo=UTC)),  # Sunday
        )),
        tell("c", "/motd", environment="staging", hours_ago=11.9),
    )  # fmt: skip
    week = count_hours_of_week(WEEK)
    assert (week.total, week.corrections[0][0], week.corrections[6][23]) == (3, 2, 1)
    assert count_hours_of_week(WEEK, environment="staging").total == 1
    assert [len(day) for day in week.corrections] == [24] * 7
