"""The fleet at a glance."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from reports.analysis.status import NodeStatus
from reports.rollups.tables import FleetEvent
from reports.store.ids import resource_id
from tests.api.conftest import NOW
from tests.pages.conftest import Reader


@pytest.mark.usefixtures("fleet")
def test_counters_come_worst_first_and_lead_to_their_nodes(reader: Reader) -> None:
    seen = reader.open("/")
    assert seen.links("?status=") == [f"/nodes/?status={status}" for status in NodeStatus]
    counts = re.findall(r"(?s)class=\"label\">.*?</svg>(.*?)</span>\s*<span class=\"count\">(\d+)<", seen.html)
    assert dict(counts) == {
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
def test_what_is_hot_and_what_failed_is_named_with_the_reason(reader: Reader) -> None:
    seen = reader.open("/")
    assert "/nodes/web-1/" in seen.links()
    assert "/nodes/web-1/?site=branch" in seen.links()
    assert "/nodes/rack/%C3%BC%201/" in seen.links()
    assert "it broke" in seen.text
    assert "Service[nginx]" in seen.text


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
