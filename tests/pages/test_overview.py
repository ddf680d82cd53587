"""The fleet at a glance."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from reports.analysis.status import NodeStatus
from reports.intake.tables import IntakeDay
from reports.rollups.tables import FleetEvent, NodeState
from reports.run import Outcome
from reports.store.ids import resource_id
from tests.api.conftest import NOW
from tests.pages.conftest import Reader


@pytest.mark.usefixtures("fleet")
def test_counters_come_worst_first_and_lead_to_their_nodes(reader: Reader) -> None:
    seen = reader.open("/")
    counters = [attributes for tag, attributes in seen.elements.found if "data-status" in attributes]
    assert [counter["href"] for counter in counters] == [f"/nodes/?status={status}" for status in NodeStatus]
    assert {counter["data-status"]: counter["data-count"] for counter in counters} == {
        "failed": "1",
        "stale catalog": "0",
        "corrected": "2",
        "changed": "0",
        "pending": "1",
        "unchanged": "0",
        "silent": "1",
        "unknown": "1",
    }


@pytest.mark.usefixtures("fleet")
def test_nodes_of_which_nothing_is_known_are_counted_only_where_there_are_some(reader: Reader) -> None:
    NodeState.objects.filter(status=None).delete()
    assert 'data-status="silent"' in reader.open("/").html
    assert 'data-status="unknown"' not in reader.open("/").html


@pytest.mark.usefixtures("fleet")
def test_what_is_hot_what_fails_and_who_is_silent_is_named(reader: Reader) -> None:
    seen = reader.open("/")
    assert "/nodes/web-1/" in seen.links()
    assert "/nodes/web-1/?site=branch" in seen.links()
    assert "/nodes/rack/%C3%BC%201/" in seen.links()
    assert "/resource/?name=File%5B%2Fetc%2Fmotd%5D" in seen.links()
    assert "/nodes/quiet/" in seen.links()
    assert "it broke" in seen.text
    assert "Service[nginx]" in seen.text


@pytest.mark.usefixtures("fleet")
def test_a_failure_leads_to_the_nodes_that_fail_alike(reader: Reader) -> None:
    (link,) = reader.open("/").links("failure=")
    assert reader.open(link).links("/nodes/rack")
    assert not reader.open(link).links("/nodes/web")
    assert "No node matches" in reader.open("/nodes/?failure=12").text
    assert "whole number" in reader.open("/nodes/?failure=x", 400).text


@pytest.mark.usefixtures("fleet")
def test_the_part_that_moves_is_answered_by_itself(reader: Reader) -> None:
    part = reader.client.get("/?span=24h", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="live"')
    assert 'hx-get="/?span=24h"' in part
    assert "<html" not in part
    assert "Runs by hour" in part


@pytest.mark.usefixtures("fleet")
def test_a_day_by_hours_leads_to_the_runs_of_an_hour(reader: Reader) -> None:
    (link,) = reader.open("/?span=24h").links("/runs/?outcome=failed&")
    assert len(reader.open(link).links("/nodes/rack")) == 1
    assert "choose 24h" in reader.open("/?span=<b>", 400).text


def test_the_intake_is_well_until_something_is_refused_or_left_waiting(reader: Reader) -> None:
    NodeState.objects.create(
        node_id=1, site="main", name="n", tools=[], first_seen_at=NOW, last_received_at=NOW, status=Outcome.UNCHANGED
    )
    day = IntakeDay.objects.create(day=NOW.date(), door="one", sender="s", stored=4, last_received_at=NOW)
    assert "all well" in reader.open("/").text
    day.refused = 2
    day.save()
    seen = reader.open("/").text
    assert "all well" not in seen
    assert "2 reports refused today" in seen


@pytest.mark.usefixtures("fleet")
def test_the_wall_tells_the_same_without_a_way_to_elsewhere_but_back(reader: Reader) -> None:
    seen = reader.open("/wall/")
    assert seen.elements.found[0][1]["data-theme"] == "dark"
    assert "nav" not in seen.tags()
    assert "Service[nginx]" in seen.text
    assert "quiet" in seen.text
    part = reader.client.get("/wall/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="live" class="wall"')


@pytest.mark.usefixtures("fleet")
def test_a_fleet_event_is_shown_once_and_only_where_there_was_one(reader: Reader) -> None:
    assert "Fleet events" not in reader.open("/").text
    FleetEvent.objects.create(
        resource_id=resource_id("File", "/etc/motd"),
        environment="production",
        started_at=NOW - timedelta(hours=3),
        ended_at=NOW,
        nodes=412,
        corrections=413,
    )
    seen = reader.open("/")
    assert "Fleet events" in seen.text
    assert "412" in seen.text
    assert "/hotspots/" in seen.links()


@pytest.mark.usefixtures("fleet")
def test_the_chart_and_the_table_behind_it_tell_the_same(reader: Reader) -> None:
    seen = reader.open("/")
    found = re.search(r'<script type="application/json" id="runs-figure">(.*?)</script>', seen.html)
    assert found
    series = {trace["meta"]: sum(trace["y"]) for trace in json.loads(found[1])["data"]}
    assert series == {"failed": 1, "corrected": 2, "changed": 1, "pending": 1, "unchanged": 2}
    assert len(seen.links("/runs/?outcome=failed&since=")) == 1


def test_an_empty_fleet_is_told_how_to_forward(reader: Reader) -> None:
    seen = reader.open("/")
    assert "No node has sent a report yet" in seen.text
    assert "/intake/" in seen.links()
    assert "plotly" not in seen.html, "a page without a chart does not load the library"
