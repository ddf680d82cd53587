"""Hotspots narrowed by a query: in every order, in the present and the past, and what is new among them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reports.analysis.hotspots import HotspotFilter
from reports.analysis.new_hotspots import list_new_nodes, list_new_resources
from reports.analysis.ranking import SUBJECTS, By, Order, narrow, rank_hotspots
from reports.analysis.window import Window, last_days, last_hours
from reports.errors import BadQuery
from reports.people.tables import Note
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource
from reports.run import Pattern
from reports.search.language import parse
from reports.store.ids import node_id, resource_id
from tests.analysis.conftest import NOW
from tests.analysis.hotspots import keep, tell

pytestmark = pytest.mark.django_db
WEEK, DAY = last_days(7, NOW), last_hours(24, NOW)
PAST = Window(WEEK.since, WEEK.until, is_current=False)


@pytest.fixture(autouse=True)
def fleet() -> None:
    """a: corrected most; b: of staging; a third that nothing is wrong with. a is muted, and so is /hosts."""
    keep(
        *(tell("a", "/motd", hours_ago=hours) for hours in (2, 26, 50)),
        tell("b", "/motd", "/hosts", hours_ago=3, environment="staging"),
        tell("c", hours_ago=1, environment=None),
    )
    later = {"text": "known", "owner_name": "ada", "is_mute": True, "expires_at": NOW + timedelta(days=1)}
    Note.objects.create(node_id=node_id("main", "a"), **later)
    Note.objects.create(resource_id=resource_id("File", "/hosts"), **later)
    NodeResource.objects.update(pattern=Pattern.SPORADIC)
    for name, probability in (("a", 0.1), ("b", 0.2), ("c", 0.3)):
        NodeRisk.objects.create(node_id=node_id("main", name), probability=probability, reasons=[], foretold_at=NOW)


def asked(by: By, text: str, window: Window = WEEK, **wanted: Any) -> HotspotFilter:  # noqa: ANN401
    return narrow(HotspotFilter(window, **wanted), by, parse(text, SUBJECTS[by]), NOW)


def names(by: By, text: str, window: Window = WEEK, *, order: Order = Order.HEAT, **wanted: Any) -> list[str]:  # noqa: ANN401
    return [row.name for row in rank_hotspots(by, asked(by, text, window, **wanted), order=order, now=NOW).rows]


NODES = [
    ("muted:no", ["b"]),
    ("muted:yes", ["a"]),
    ("a", ["a"]),
    ("env:staging", ["b"]),
    ("-env:staging", ["a"]),
    ('corrected:"File[/hosts]"', ["b"]),
    ("resource:motd corrections:>2", ["a"]),
    ("changed:<1d", ["a", "b"]),
    ("changed:<150m", ["a"]),
    ("heat:>1 risk:<50", ["a", "b"]),
    ("clock:wrong", []),
    ('role:"a\'b%s"', []),
]


@pytest.mark.parametrize(("text", "expected"), NODES)
@pytest.mark.parametrize("window", [WEEK, DAY, PAST], ids=["week", "day", "past"])
@pytest.mark.parametrize("pattern", [None, Pattern.SPORADIC], ids=["any", "sporadic"])
def test_nodes_are_ranked_of_those_meant_alone(
    text: str, expected: list[str], window: Window, pattern: Pattern | None
) -> None:
    assert sorted(names(By.NODE, text, window, pattern=pattern)) == expected


def test_by_risk_those_come_that_are_meant_corrected_or_not() -> None:
    assert names(By.NODE, "muted:no", order=Order.RISK) == ["c", "b"]
    assert names(By.NODE, "changed:<7d", order=Order.RISK) == ["b", "a"]
    assert names(By.NODE, 'env:""', order=Order.RISK) == ["c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muted:no", ["File[/motd]"]),
        ("muted:yes", ["File[/hosts]"]),
        ("/mo*", ["File[/motd]"]),
        ("type:File node:b", ["File[/hosts]", "File[/motd]"]),
        ("type:Package", []),
        ("corrections:>2 changed:<7d", ["File[/motd]"]),
    ],
)
@pytest.mark.parametrize("window", [WEEK, DAY, PAST], ids=["week", "day", "past"])
@pytest.mark.parametrize("wanted", [{}, {"environment": "staging"}, {"pattern": Pattern.SPORADIC}], ids=str)
def test_resources_are_ranked_of_those_meant_alone(
    text: str, expected: list[str], window: Window, wanted: dict[str, Any]
) -> None:
    assert sorted(names(By.RESOURCE, text, window, **wanted)) == expected


def test_environments_are_ranked_by_their_names() -> None:
    assert names(By.ENVIRONMENT, "") == ["production", "staging", ""]
    assert names(By.ENVIRONMENT, "STAG") == ["staging"]
    assert names(By.ENVIRONMENT, "-env:prod*") == ["staging", ""]
    assert names(By.ENVIRONMENT, 'env:""', PAST) == [""]


def test_what_is_new_is_told_of_those_meant_alone() -> None:
    def new_nodes(by: By, text: str) -> list[str]:
        return [row.name for row in list_new_nodes(NOW, meant=asked(by, text).meant)]

    assert new_nodes(By.NODE, "muted:no") == ["b"]
    assert new_nodes(By.NODE, "clock:wrong") == []
    assert new_nodes(By.ENVIRONMENT, "prod") == ["a"]
    new = list_new_resources(NOW, meant=asked(By.RESOURCE, "muted:no").meant)
    assert [row.name for row in new] == ["File[/motd]"]


def test_pages_of_a_query_join_without_a_gap() -> None:
    for window in (WEEK, PAST):
        wanted = asked(By.NODE, "changed:<7d", window)
        first = rank_hotspots(By.NODE, wanted, now=NOW, limit=1)
        second = rank_hotspots(By.NODE, wanted, now=NOW, limit=1, cursor=first.next)
        assert [row.name for page in (first, second) for row in page.rows] == ["a", "b"]


def test_a_resource_that_means_too_many_is_refused_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.search.resources.MOST_RESOURCES", 0)
    with pytest.raises(BadQuery, match="say more of the title"):
        asked(By.NODE, "resource:motd")
