"""Where corrections gather."""

from __future__ import annotations

import pytest

from tests.api.conftest import Reader

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


@pytest.mark.parametrize("by", ["node", "resource"])
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


def test_a_pattern_finds_nothing_until_patterns_are_told(reader: Reader) -> None:
    assert reader.get("hotspots/", pattern="repeater") == {"next": None, "previous": None, "results": []}
    assert "tug_of_war" in reader.get("hotspots/", expected=400, pattern="odd")["detail"]
