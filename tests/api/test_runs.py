"""Runs, and the story of one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.api.conftest import NASTY, NOW, Reader, keep, run_id, tell_run

pytestmark = pytest.mark.usefixtures("fleet")


def test_runs_come_newest_first_with_what_the_contract_names(reader: Reader) -> None:
    rows = reader.get("runs/", node="web-1", site="main")["results"]
    assert [row["id"] for row in rows] == [str(run_id(word)) for word in ("web-1 clean", "web-1 drift", "web-1 first")]
    clean, drift, first = rows
    assert (clean["node"], clean["site"], clean["tool"], clean["code_version"]) == ("web-1", "main", "other", "v7")
    assert (drift["outcome"], drift["environment"], drift["noop"]) == ("corrected", "production", False)
    assert drift["duration_seconds"] == 2.5
    assert drift["started_at"].endswith("Z")
    assert datetime.fromisoformat(drift["ended_at"]) - datetime.fromisoformat(drift["started_at"]) == timedelta(
        seconds=2.5
    )
    assert (drift["counts"]["corrective"], drift["counts"]["intended"]) == (1, 1)
    assert first["counts"] == {
        "total": 3, "unchanged": 2, "changed": 1, "failed": 0, "skipped": 0, "pending": 0,
        "corrective": 0, "intended": 1, "first_build": 0, "repeated": 0, "triggered": 0, "unknown": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"outcome": "failed"}, {"rack"}),
        ({"outcome": "failed,pending"}, {"rack", "web-2"}),
        ({"environment": "staging"}, {"web-2"}),
        ({"tool": "other"}, {"web-1 clean"}),
        ({"site": "branch"}, {"branch"}),
        ({"node": "nobody"}, set()),
        ({"until": (NOW - timedelta(hours=40)).isoformat()}, {"quiet"}),
        (
            {"since": (NOW - timedelta(hours=3)).isoformat(), "node": "web-1", "outcome": "corrected"},
            {"web-1 drift", "branch"},
        ),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: dict[str, str], words: set[str]) -> None:
    assert set(reader.names("runs/", "id", **query)) == {str(run_id(word)) for word in words}


def test_a_window_starts_with_its_first_moment_and_ends_before_its_last(reader: Reader) -> None:
    began = (NOW - timedelta(hours=50)).isoformat()
    assert reader.names("runs/", "id", until=began) == []
    assert str(run_id("quiet")) in reader.names("runs/", "id", since=began)


def test_a_run_under_way_has_neither_end_nor_outcome(reader: Reader) -> None:
    (row,) = reader.get("runs/", node="new")["results"]
    assert (row["outcome"], row["ended_at"], row["duration_seconds"]) == (None, None, None)


def test_a_run_tells_its_changes_in_full(reader: Reader) -> None:
    story = reader.get(f"runs/{run_id('web-1 drift')}/")
    motd, nasty = story["changes"]
    assert motd["resource"] == "File[/etc/motd]"
    assert (motd["type"], motd["title"], motd["property"]) == ("File", "/etc/motd", "content")
    assert (motd["old"], motd["new"], motd["message"]) == ("old <i>", "new\ttext", "content changed")
    assert (motd["status"], motd["cause"], motd["cause_source"]) == ("success", "corrective", "tool")
    assert motd["reason"]
    assert motd["defined_at"] == "site.pp:7"
    assert (nasty["title"], nasty["cause"]) == (NASTY, "intended")


def test_a_run_tells_its_logs_and_why_it_failed(reader: Reader) -> None:
    story = reader.get(f"runs/{run_id('rack')}/")
    assert (story["outcome"], story["message"], story["timings"]) == ("failed", "it broke", {"apply": 1.25})
    assert story["logs"] == [
        {"level": "warning", "source": "agent <b>", "message": "disk is \N{SNOWMAN}", "at": story["logs"][0]["at"]},
        {"level": "error", "source": "agent", "message": "no", "at": None},
    ]
    assert datetime.fromisoformat(story["logs"][0]["at"]) == NOW
    assert story["changes"][0]["status"] == "failed"


def test_a_line_and_a_story_agree(reader: Reader) -> None:
    (line,) = reader.get("runs/", outcome="failed")["results"]
    story = reader.get(f"runs/{line['id']}/")
    assert {name: story[name] for name in line} == line


def test_a_clean_run_has_nothing_to_tell(reader: Reader) -> None:
    story = reader.get(f"runs/{run_id('web-1 clean')}/")
    assert (story["changes"], story["logs"], story["timings"], story["message"]) == ([], [], {}, None)


def test_an_id_that_two_nodes_told_is_told_apart_by_the_node(reader: Reader) -> None:
    keep(tell_run("web-2", "clone"))
    assert reader.get(f"runs/{run_id('web-2')}/", node="clone")["node"] == "clone"
    assert reader.get(f"runs/{run_id('web-2')}/", node="web-2")["node"] == "web-2"
    keep(tell_run("web-2", "clone"), site="branch")
    for site in ("main", "branch"):
        assert reader.get(f"runs/{run_id('web-2')}/", node="clone", site=site)["site"] == site


@pytest.mark.parametrize("named", ["5d0c2c1e-0d1f-4e0a-9d57-3f6f1e2a4b90", "latest", "12", "%20"])
def test_a_run_that_is_not_there_is_missed_by_its_id(reader: Reader, named: str) -> None:
    assert "no run" in reader.get(f"runs/{named}/", expected=404)["detail"]
