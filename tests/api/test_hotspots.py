"""Where corrections gather."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource
from reports.run import Pattern
from reports.store.ids import node_id
from tests.api.conftest import NOW, Reader

pytestmark = pytest.mark.usefixtures("fleet")


def test_nodes_are_ranked_by_their_corrections(reader: Reader) -> None:
    rows = reader.get("hotspots/", by="node")["results"]
    assert {(row["site"], row["name"], row["corrections"]) for row in rows if row["corrections"]} == {
        ("main", "web-1", 1),
        ("branch", "web-1", 1),
    }
    main = next(row for row in rows if (row["site"], row["name"]) == ("main", "web-1"))
    assert main["runs"] == 3
    assert main["share_of_runs"] == pytest.approx(1 / 3)
    assert (main["risk"], main["pattern"], main["reasons"]) == (None, None, [])
    assert main["last_correction_at"].endswith("Z")


def test_resources_are_ranked_over_all_nodes(reader: Reader) -> None:
    first = reader.get("hotspots/", by="resource")["results"][0]
    assert (first["name"], first["corrections"], first["site"]) == ("File[/etc/motd]", 2, None)
    assert first["last_correction_at"].endswith("Z")


def test_another_environment_has_hotspots_of_its_own(reader: Reader) -> None:
    assert [row for row in reader.get("hotspots/", environment="staging")["results"] if row["corrections"]] == []


@pytest.mark.parametrize("by", ["node", "resource", "environment"])
def test_a_ranking_is_walked_page_by_page(reader: Reader, by: str) -> None:
    whole = reader.names("hotspots/", by=by)
    seen: list[str] = []
    page = reader.get("hotspots/", by=by, limit="1")
    while True:
        seen += [row["name"] for row in page["results"]]
        if page["next"] is None:
            break
        page = reader.client.get(page["next"]).json()
    assert seen == whole


def test_environments_are_ranked_too(reader: Reader) -> None:
    first, *others = reader.get("hotspots/", by="environment")["results"]
    assert (first["name"], first["environment"], first["corrections"], first["nodes"]) == (
        "production", "production", 2, 2,
    )  # fmt: skip
    assert [(row["name"], row["corrections"]) for row in others] == [("staging", 0)]


def test_a_pattern_is_told_with_its_evidence_and_can_be_asked_for(reader: Reader) -> None:
    assert reader.get("hotspots/", pattern="periodic") == {"next": None, "previous": None, "results": []}
    NodeResource.objects.filter(corrections__gt=0).update(pattern=Pattern.PERIODIC, evidence="daily about 02:00")
    row, _ = reader.get("hotspots/", pattern="periodic")["results"]
    assert (row["name"], row["pattern"]) == ("web-1", "periodic")
    assert row["reasons"] == ["File[/etc/motd]: daily about 02:00"]
    (row,) = reader.get("hotspots/", pattern="periodic", by="resource")["results"]
    assert (row["pattern"], row["reasons"]) == ("periodic", ["web-1: daily about 02:00"])


def test_a_risk_is_told_with_its_reasons_and_can_be_ranked_by(reader: Reader) -> None:
    NodeRisk.objects.create(
        node_id=node_id("main", "quiet"), probability=0.25, reasons=["so it is with its like"], foretold_at=NOW
    )
    (row,) = reader.get("hotspots/", order="risk")["results"]
    assert (row["name"], row["corrections"], row["risk"]) == ("quiet", 0, 0.25)
    assert row["reasons"] == ["so it is with its like"]


def test_a_window_may_be_hours_or_lie_in_the_past(reader: Reader) -> None:
    assert len(reader.names("hotspots/", hours="24")) == 2
    last_year = {"since": "2025-01-01", "until": "2025-02-01"}
    assert reader.names("hotspots/", **last_year) == reader.names("hotspots/", by="resource", **last_year) == []
    assert reader.names("hotspots/", since=(NOW - timedelta(days=3)).isoformat()) == reader.names("hotspots/")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"pattern": "odd"}, "tug_of_war"),
        ({"by": "tool"}, "environment"),
        ({"by": "resource", "site": "main"}, "site"),
        ({"by": "resource", "order": "risk"}, "order"),
        ({"hours": "49"}, "hours"),
        ({"since": "2026-01-02", "until": "2026-01-01"}, "until"),
        ({"since": "0001-01-01"}, "since"),
    ],
)
def test_a_question_that_means_nothing_is_refused_by_name(reader: Reader, query: dict[str, str], named: str) -> None:
    assert named in reader.get("hotspots/", expected=400, **query)["detail"]
