"""Bad and odd data from a door to the pages: it bends no ranking and breaks no page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from reports.analysis.hottest import list_hottest
from reports.rollups.recount import recount_stale
from reports.run import Outcome
from reports.store.tables import Run
from tests.intake.doors import Doors
from tests.intake.reports import BEARER
from tests.pages.conftest import Reader

pytestmark = pytest.mark.django_db

DOOR = "/api/v1/reports/generic"
NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
TITLE = "/srv/<b>&\u202e\u2028" + "long " * 400
MANY = 5_000


def a_run(node: str, at: datetime, *titles: str, tool: str = "one") -> dict[str, Any]:
    """A run that put the content of each of these files right."""
    told = {"property": "content", "old": "by hand", "new": "as wanted", "corrective": True}
    return {
        "tool": tool, "node": node, "started_at": at.isoformat(), "ended_at": (at + timedelta(seconds=1)).isoformat(),
        "status": "success", "environment": "production", "code_version": "v1",
        "resources": [{"type": "File", "title": title, "status": "changed", "changes": [told]} for title in titles],
    }  # fmt: skip


def an_odd_fleet() -> Iterable[list[dict[str, Any]]]:
    """What is odd, and one node that is not: it has been corrected three times a day for ten days."""
    yield [a_run("steady", NOW - number * timedelta(hours=8), "/etc/motd") for number in range(30)]
    yield [a_run("ahead", NOW.replace(year=2038), "/etc/motd")]
    yield [a_run("behind", NOW - timedelta(days=30), "/etc/motd")]
    yield [a_run("hasty", NOW - number * timedelta(seconds=0.5), "/etc/motd") for number in range(120)]
    yield [a_run("titled", NOW, TITLE)]
    yield [a_run("mended", NOW, *(f"/srv/{number:04}" for number in range(MANY)))]
    yield [a_run("shared", NOW - timedelta(hours=1), "/etc/motd", tool=tool) for tool in ("one", "two")]


@pytest.fixture
def odd_fleet(doors: Doors, drain: Callable[[], None]) -> None:
    """All of it posted, read and counted."""
    for runs in an_odd_fleet():
        assert doors.post(DOOR, json.dumps(runs), BEARER).status == 202
    drain()
    while (counted := recount_stale(NOW + timedelta(hours=2))).days or counted.hours:
        pass


@pytest.fixture
def reader(admin_client: Client) -> Reader:
    """Somebody who is logged in."""
    return Reader(admin_client)


@pytest.mark.usefixtures("odd_fleet")
def test_what_is_odd_does_not_stand_above_what_is_corrected_day_after_day() -> None:
    hottest = [node.name for node in list_hottest(NOW)]
    assert set(hottest) >= {"steady", "ahead", "hasty", "titled", "mended", "shared"}
    assert hottest[0] == "steady"


@pytest.mark.usefixtures("odd_fleet")
def test_the_page_of_hotspots_ranks_them_alike(reader: Reader) -> None:
    seen = reader.open("/hotspots/")
    order = [link.split("/")[2] for link in seen.links("/nodes/") if link.count("/") == 3]
    assert order[0] == "steady"
    assert {"hasty", "mended", "titled"} <= set(order)


@pytest.mark.usefixtures("odd_fleet")
def test_every_page_shows_what_is_odd(reader: Reader) -> None:
    nodes = ("steady", "ahead", "behind", "hasty", "titled", "mended", "shared")
    runs = Run.objects.order_by("node_id", "-at").distinct("node_id").values_list("id", flat=True)
    resources = ("File[/etc/motd]", f"File[{TITLE}]", "File[/srv/0000]")
    for page in (
        "/", "/hotspots/", "/hotspots/?by=resource", "/hotspots/?by=environment", "/nodes/", "/runs/", "/intake/",
        *(f"/nodes/{node}/" for node in nodes),
        *(f"/runs/{run}/{show}" for run in runs for show in ("", "?show=all")),
        *(f"/resource/?name={quote(name)}" for name in resources),
    ):  # fmt: skip
        seen = reader.open(page)
        assert len(seen.html) < 1_500_000, page
        assert "b" not in seen.tags(), page


@pytest.mark.usefixtures("odd_fleet")
def test_two_tools_on_one_node_are_one_node_with_the_runs_of_both(reader: Reader) -> None:
    assert Run.objects.filter(outcome=Outcome.CORRECTED, tool="two").count() == 1
    assert reader.open("/nodes/").text.count("shared") == 1
    assert "one" in reader.open("/nodes/shared/").text
    assert "two" in reader.open("/nodes/shared/").text


@pytest.mark.usefixtures("odd_fleet")
def test_a_clock_that_is_years_ahead_is_told_of_and_does_not_date_the_node(reader: Reader) -> None:
    assert "its clock is ahead" in reader.open(f"/runs/{Run.objects.get(claimed_at__year=2038).id}/").text
    assert not Run.objects.filter(at__year=2038).exists()
