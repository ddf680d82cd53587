"""Nodes, and the story of one."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource
from reports.run import Pattern
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NASTY, NOW, Reader, keep, run_id, tell_run

RACK = "rack/\N{LATIN SMALL LETTER U WITH DIAERESIS} 1"

pytestmark = pytest.mark.usefixtures("fleet")


def test_nodes_come_by_name_with_what_the_contract_names(reader: Reader) -> None:
    rows = reader.get("nodes/", site="main")["results"]
    assert [row["name"] for row in rows] == ["new", "quiet", RACK, "web-1", "web-2"]
    web = rows[3]
    assert web["tools"] == ["generic", "other"]
    assert (web["environment"], web["status"], web["corrections_7d"], web["risk"]) == (
        "production",
        "corrected",
        1,
        None,
    )
    assert 0.9 < web["heat"] <= 1
    assert web["first_seen_at"].endswith("Z")
    assert web["last_run_at"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"search": "WEB-", "site": "main"}, ["web-1", "web-2"]),
        ({"environment": "staging"}, ["web-2"]),
        ({"tool": "other"}, ["web-1"]),
        ({"site": "branch"}, ["web-1"]),
        ({"status": "failed,pending"}, [RACK, "web-2"]),
        ({"status": "silent"}, ["quiet"]),
        ({"status": "unknown"}, ["new"]),
        ({"search": "%"}, []),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: dict[str, str], names: list[str]) -> None:
    assert reader.names("nodes/", **query) == names


def test_a_node_tells_its_facts_and_what_kept_changing(reader: Reader) -> None:
    story = reader.get("nodes/web-1/", site="main")
    assert story["name"] == "web-1"
    assert story["facts"] == {"os": "Debian", "kernel": "6.1"}, "of a fact told twice the newer one"
    assert story["packages"] == {"nginx": "1.22"}
    motd, nasty = story["resources"]
    assert (motd["resource"], motd["corrections"], motd["changes"]) == ("File[/etc/motd]", 1, 1)
    assert (nasty["resource"], nasty["corrections"], nasty["changes"]) == (f"File[{NASTY}]", 0, 2)
    assert (motd["pattern"], motd["reason"]) == (None, None)
    assert motd["last_correction_at"] == motd["last_change_at"]
    assert motd["last_change_at"].endswith("Z")


def test_a_line_and_a_story_agree(reader: Reader) -> None:
    line = reader.get("nodes/", search="web-2")["results"][0]
    story = reader.get("nodes/web-2/")
    assert {name: story[name] for name in line if name != "heat"} == {
        name: line[name] for name in line if name != "heat"
    }


@pytest.mark.parametrize("written", [quote(RACK), quote(RACK, safe="")])
def test_a_name_with_a_slash_and_beyond_ascii_is_found(reader: Reader, written: str) -> None:
    assert reader.get(f"nodes/{written}/")["name"] == RACK


def test_a_name_is_found_as_its_tool_tells_it(reader: Reader) -> None:
    long = "n" * 4000
    keep(tell_run("long", long), tell_run("nul", "a\0b"))
    assert reader.get(f"nodes/{long}/")["last_run_id"] == str(run_id("long"))
    keep(tell_run("broken", "line\nbreak"))
    assert reader.get("nodes/line%0Abreak/")["last_run_id"] == str(run_id("broken"))
    assert reader.get("nodes/a%00b/")["last_run_id"] == str(run_id("nul"))
    assert reader.names("runs/", "id", node=long) == [str(run_id("long"))]


def test_a_name_in_two_sites_wants_one_named(reader: Reader) -> None:
    detail = reader.get("nodes/web-1/", expected=400)["detail"]
    assert "branch, main" in detail
    assert "?site=branch" in detail
    assert reader.get("nodes/web-1/", site="branch")["site"] == "branch"


def test_a_node_that_is_not_there_is_missed_by_name(reader: Reader) -> None:
    assert "nobody" in reader.get("nodes/nobody/", expected=404)["detail"]
    assert "elsewhere" in reader.get("nodes/web-2/", expected=404, site="elsewhere")["detail"]


def test_a_node_under_way_says_since_when(reader: Reader) -> None:
    story = reader.get("nodes/new/")
    assert story["status"] == "unknown"
    assert story["unfinished_since"] is not None
    assert story["last_run_at"] is None
    assert NOW.strftime("%Y") in story["unfinished_since"]


def test_a_pattern_comes_with_its_evidence_and_a_risk_with_its_reasons(reader: Reader) -> None:
    key = node_id("main", "web-1")
    motd = NodeResource.objects.filter(node_id=key, resource_id=resource_id("File", "/etc/motd"))
    motd.update(pattern=Pattern.PERIODIC, evidence="about every 24 h")
    NodeRisk.objects.create(node_id=key, probability=0.25, reasons=["1 correction"], foretold_at=NOW)
    story = reader.get("nodes/web-1/", site="main")
    assert (story["resources"][0]["pattern"], story["resources"][0]["reason"]) == ("periodic", "about every 24 h")
    assert (story["risk"], story["risk_reasons"]) == (0.25, ["1 correction"])
    assert [row["risk"] for row in reader.get("nodes/", search="web-1", site="main")["results"]] == [0.25]
