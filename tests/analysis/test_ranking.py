"""What is worst: nodes, resources and environments, in windows that reach up to now and in such that are past."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reports.analysis.hotspots import Hotspot, HotspotFilter
from reports.analysis.ranking import By, Order, rank_hotspots
from reports.analysis.window import Window, chosen_days, last_days, last_hours
from reports.errors import BadQuestion
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource, NodeState
from reports.run import Pattern
from reports.store.ids import node_id, resource_id
from tests.analysis.conftest import NOW
from tests.analysis.hotspots import keep, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = last_days(7, NOW)
PAST = chosen_days(NOW - 20 * DAY, NOW - 10 * DAY, NOW)


def rank(by: By, window: Window = WEEK, *, order: Order = Order.HEAT, **wanted: Any) -> tuple[Hotspot, ...]:  # noqa: ANN401
    """All hotspots on one page."""
    return rank_hotspots(by, HotspotFilter(window, **wanted), order=order, now=NOW).rows


def names(*asked: Any, **wanted: Any) -> list[tuple[str, int]]:  # noqa: ANN401
    """Their names and corrections."""
    return [(row.name, row.corrections) for row in rank(*asked, **wanted)]


@pytest.fixture
def fleet() -> None:
    """a: corrected on three days of this week; b: once today; c: often two weeks ago; d: never."""
    keep(
        *(tell("a", "/motd", hours_ago=hours) for hours in (2, 26, 50)),
        tell("a", hours_ago=1),
        tell("b", "/motd", "/hosts", hours_ago=3, environment="staging", tool="two"),
        *(tell("c", "/hosts", hours_ago=24 * 14 + hours) for hours in range(6)),
        tell("d", hours_ago=1),
    )


@pytest.mark.usefixtures("fleet")
def test_nodes_corrected_in_the_window_come_hottest_first_with_their_counts() -> None:
    first, second = rank(By.NODE)
    assert (first.name, first.corrections, first.runs, first.corrected_runs) == ("a", 3, 4, 3)
    assert first.share_of_runs == pytest.approx(0.75)
    assert first.heat == pytest.approx(sum(2 ** (-hours / 168) for hours in (2, 26, 50)))
    assert first.last_correction_at == NOW - timedelta(hours=2)
    assert (second.name, second.corrections, second.corrections_before, second.environment) == ("b", 2, 0, "staging")


@pytest.mark.usefixtures("fleet")
def test_a_window_that_is_past_is_ranked_by_what_was_corrected_in_it() -> None:
    assert names(By.NODE, PAST) == [("c", 6)]
    assert names(By.RESOURCE, PAST) == [("File[/hosts]", 6)]
    (row,) = rank(By.NODE, PAST)
    assert row.last_correction_at == NOW - timedelta(hours=24 * 14)


@pytest.mark.usefixtures("fleet")
def test_a_longer_window_shows_who_has_cooled_down_below_who_is_hot() -> None:
    assert names(By.NODE, last_days(30, NOW)) == [("a", 3), ("b", 2), ("c", 6)]


@pytest.mark.usefixtures("fleet")
def test_the_last_hours_are_counted_from_the_runs_themselves() -> None:
    day = last_hours(24, NOW)
    assert names(By.NODE, day) == [("a", 1), ("b", 2)]
    a = rank(By.NODE, day)[0]
    assert (a.corrections_before, a.runs, a.corrected_runs) == (1, 2, 1)
    assert [(row.name, row.corrections, row.nodes) for row in rank(By.RESOURCE, day)] == [
        ("File[/motd]", 2, 2),
        ("File[/hosts]", 1, 1),
    ]


@pytest.mark.usefixtures("fleet")
def test_a_resource_is_ranked_over_all_nodes_or_in_one_environment() -> None:
    assert [(row.name, row.corrections, row.nodes, row.runs) for row in rank(By.RESOURCE)] == [
        ("File[/motd]", 4, 2, 6),
        ("File[/hosts]", 1, 1, 6),
    ]
    staging = rank(By.RESOURCE, environment="staging")
    assert [(row.name, row.corrections, row.runs) for row in staging] in (
        [("File[/motd]", 1, 1), ("File[/hosts]", 1, 1)],
        [("File[/hosts]", 1, 1), ("File[/motd]", 1, 1)],
    )
    assert staging[0].heat == pytest.approx(2 ** (-3 / 168))


@pytest.mark.usefixtures("fleet")
def test_environments_are_ranked_by_corrections_and_name_their_hottest_resource() -> None:
    production, staging = rank(By.ENVIRONMENT)
    assert (production.name, production.corrections, production.nodes, production.runs) == ("production", 3, 1, 5)
    assert production.share_of_runs == pytest.approx(3 / 5)
    assert production.hottest is not None
    assert production.hottest.name in {"File[/motd]", "File[/hosts]"}
    assert (staging.name, staging.corrections, staging.nodes, staging.heat) == ("staging", 2, 1, None)
    assert names(By.ENVIRONMENT, PAST) == [("production", 6)]


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"environment": "staging"}, ["b"]),
        ({"tool": "two"}, ["b"]),
        ({"site": "main"}, ["a", "b"]),
        ({"site": "branch"}, []),
        ({"pattern": Pattern.PERIODIC}, ["a"]),
        ({"pattern": Pattern.REPEATER}, []),
    ],
)
@pytest.mark.parametrize("is_past", [False, True], ids=["now", "past"])
def test_a_filter_leaves_what_it_says(wanted: dict[str, Any], found: list[str], is_past: bool) -> None:
    NodeResource.objects.filter(node_id=node_id("main", "a")).update(pattern=Pattern.PERIODIC, evidence="daily")
    window = Window(WEEK.since, WEEK.until, is_current=not is_past)
    assert sorted(row.name for row in rank(By.NODE, window, **wanted)) == found


@pytest.mark.usefixtures("fleet")
def test_the_pattern_is_that_of_what_is_hottest_in_it_and_its_evidence_a_reason() -> None:
    motd = resource_id("File", "/motd")
    NodeResource.objects.filter(node_id=node_id("main", "a"), resource_id=motd).update(
        pattern=Pattern.PERIODIC, evidence="daily about 10:00"
    )
    node = rank(By.NODE)[0]
    assert (node.pattern, node.reasons) == (Pattern.PERIODIC, ("File[/motd]: daily about 10:00",))
    (resource,) = rank(By.RESOURCE, pattern=Pattern.PERIODIC)
    assert (resource.name, resource.pattern, resource.reasons) == (
        "File[/motd]", Pattern.PERIODIC, ("a: daily about 10:00",),
    )  # fmt: skip


@pytest.mark.usefixtures("fleet")
def test_what_repeats_is_passed_over_unless_it_is_asked_for() -> None:
    a = NodeResource.objects.filter(node_id=node_id("main", "a"))
    a.update(pattern=Pattern.REPEATER, evidence="in 47 of 48 runs")
    assert rank(By.NODE)[0].hottest is None
    (node,) = rank(By.NODE, pattern=Pattern.REPEATER)
    assert (node.name, node.reasons) == ("a", ("File[/motd]: in 47 of 48 runs",))
    (resource,) = rank(By.RESOURCE, pattern=Pattern.REPEATER)
    assert (resource.name, resource.reasons) == ("File[/motd]", ("a: in 47 of 48 runs",))
    motd = next(row for row in rank(By.RESOURCE) if row.name == "File[/motd]")
    assert motd.hottest is not None
    assert motd.hottest.name == "b"


@pytest.mark.usefixtures("fleet")
def test_a_pattern_is_ranked_by_how_often_it_was_seen_even_where_nothing_was_corrected() -> None:
    NodeResource.objects.filter(node_id__in=[node_id("main", name) for name in "bc"]).update(
        pattern=Pattern.FAILING, corrections=0, heat=None, failures=3
    )
    asked = HotspotFilter(last_days(30, NOW), pattern=Pattern.FAILING)
    whole = [row.name for row in rank_hotspots(By.NODE, asked, now=NOW).rows]
    assert whole == ["c", "b"]
    first = rank_hotspots(By.NODE, asked, now=NOW, limit=1)
    second = rank_hotspots(By.NODE, asked, now=NOW, cursor=first.next, limit=1)
    assert [row.name for page in (first, second) for row in page.rows] == whole
    assert names(By.NODE, PAST, pattern=Pattern.FAILING) == [("c", 6)]
    assert names(By.NODE, pattern=Pattern.FAILING, environment="staging") == [("b", 2)]


@pytest.mark.usefixtures("fleet")
def test_by_risk_those_come_first_that_are_likeliest_to_need_something_corrected_or_not() -> None:
    for name, probability in (("a", 0.2), ("d", 0.9)):
        NodeRisk.objects.create(
            node_id=node_id("main", name), probability=probability, reasons=["failed twice"], foretold_at=NOW
        )
    found = rank(By.NODE, order=Order.RISK)
    assert [(row.name, row.risk, row.corrections) for row in found] == [("d", 0.9, 0), ("a", 0.2, 3)]
    assert found[0].reasons == ("failed twice",)
    assert [row.name for row in rank(By.NODE, order=Order.RISK, tool="two")] == []


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("by", [By.NODE, By.RESOURCE])
@pytest.mark.parametrize("window", [last_days(30, NOW), Window(NOW - 30 * DAY, NOW, is_current=False)])
def test_a_ranking_is_walked_there_and_back(by: By, window: Window) -> None:
    wanted = HotspotFilter(window)
    whole = [row.name for row in rank_hotspots(by, wanted, now=NOW).rows]
    there = [rank_hotspots(by, wanted, now=NOW, limit=1)]
    while there[-1].next:
        there.append(rank_hotspots(by, wanted, now=NOW, cursor=there[-1].next, limit=1))
    assert [row.name for page in there for row in page.rows] == whole
    back = rank_hotspots(by, wanted, now=NOW, cursor=there[-1].previous, limit=1)
    assert [row.name for row in back.rows] == whole[-2:-1]


@pytest.mark.parametrize(
    ("by", "order", "wanted"),
    [
        (By.RESOURCE, Order.HEAT, {"site": "main"}),
        (By.ENVIRONMENT, Order.HEAT, {"tool": "one"}),
        (By.ENVIRONMENT, Order.HEAT, {"pattern": Pattern.FAILING}),
        (By.RESOURCE, Order.RISK, {}),
    ],
)
def test_a_question_that_does_not_apply_is_refused(by: By, order: Order, wanted: dict[str, Any]) -> None:
    with pytest.raises(BadQuestion, match="ask by=node"):
        rank(by, order=order, **wanted)


def test_a_fleet_without_a_correction_has_no_hotspot() -> None:
    keep(tell("a"))
    assert rank(By.NODE) == rank(By.RESOURCE) == ()
    assert names(By.ENVIRONMENT) == [("production", 0)]


def test_a_window_leaves_no_one_out_who_was_corrected_in_it_however_cold_by_now() -> None:
    keep(tell("a", "/motd", hours_ago=24 * 88), tell("b", "/motd", hours_ago=24 * 29), tell("c", "/hosts"))
    assert names(By.NODE, last_days(90, NOW)) == [("c", 1), ("b", 1), ("a", 1)]
    assert names(By.RESOURCE, last_days(90, NOW)) == [("File[/hosts]", 1), ("File[/motd]", 2)]
    assert names(By.NODE, last_days(30, NOW)) == [("c", 1), ("b", 1)]


def test_a_node_whose_clock_is_months_behind_stands_below_who_is_hot() -> None:
    keep(tell("behind", *(f"/{number}" for number in range(50)), hours_ago=24 * 70), tell("well", "/a"))
    assert names(By.NODE) == [("well", 1)]
    assert names(By.NODE, last_days(90, NOW)) == [("well", 1), ("behind", 50)]
    assert NodeState.objects.get(name="behind").heat is not None
