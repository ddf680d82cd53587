"""One resource on all nodes, as JSON."""

from __future__ import annotations

import pytest

from tests.api.conftest import NASTY, Reader, keep, run_id, tell_change, tell_run

pytestmark = pytest.mark.usefixtures("fleet")

MOTD = "File[/etc/motd]"


def test_a_resource_tells_where_and_when_it_was_corrected_and_which_values_it_had(reader: Reader) -> None:
    story = reader.get("resources/", name=MOTD)
    assert (story["name"], story["type"], story["title"]) == (MOTD, "File", "/etc/motd")
    assert story["reach"] == {"nodes": 2, "corrected_7d": 2, "corrected_30d": 2, "failing": 0, "patterns": {}}
    assert sum(day["corrections"] for day in story["days"]) == 2
    assert {(node["site"], node["node"], node["corrections_7d"]) for node in story["nodes"]} == {
        ("main", "web-1", 1),
        ("branch", "web-1", 1),
    }
    (content,) = story["values"]
    assert [(value["value"], value["nodes"]) for value in content["wanted"]] == [("new\ttext", 2)]
    assert [value["value"] for value in content["found"]] == ["old <i>"]
    assert story["defined_at"] == ["site.pp:7"]
    assert {node["last"]["run_id"] for node in story["nodes"]} == {str(run_id("web-1 drift")), str(run_id("branch"))}
    assert all(node["last_correction_at"] for node in story["nodes"])


def test_its_nodes_come_in_pages(reader: Reader) -> None:
    keep(*(tell_run(f"n{n}", f"n{n}", resources=(tell_change("/etc/many", corrective=True),)) for n in range(5)))
    names: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        story = reader.get("resources/", name="File[/etc/many]", limit="2", cursor=cursor)
        names += [node["node"] for node in story["nodes"]]
        cursor = story["next_cursor"]
    assert sorted(names) == [f"n{n}" for n in range(5)]


def test_its_nodes_may_be_of_one_environment(reader: Reader) -> None:
    keep(tell_run("staging", "web-2", environment="staging", resources=(tell_change("/etc/motd", corrective=True),)))
    nodes = reader.get("resources/", name=MOTD, environment="staging")["nodes"]
    assert [node["node"] for node in nodes] == ["web-2"]


def test_a_resource_is_found_as_its_tool_tells_it(reader: Reader) -> None:
    assert reader.get("resources/", name=f"File[{NASTY}]")["nodes"][0]["node"] == "web-1"


def test_a_name_that_is_none_or_is_not_there_is_told_of(reader: Reader) -> None:
    assert "Type[title]" in reader.get("resources/", expected=400, name="motd")["detail"]
    assert "no resource" in reader.get("resources/", expected=404, name="File[/nowhere]")["detail"]


def test_without_a_name_all_that_ever_did_something_are_listed_hottest_first(reader: Reader) -> None:
    keep(tell_run("repeats", "web-2", resources=(tell_change("never corrected", corrective=False),)))
    rows = reader.get("resources/")["results"]
    assert [row["name"] for row in rows[:1]] == [MOTD]
    assert {row["name"] for row in rows[1:]} == {f"File[{NASTY}]", "Service[nginx]", "File[never corrected]"}
    first = rows[0]
    assert (first["type"], first["title"], first["corrections"], first["nodes"]) == ("File", "/etc/motd", 2, 2)
    assert (first["has_more_nodes"], first["patterns"]) == (False, [])
    assert first["heat"] > 1.9 and first["last_correction_at"].endswith("Z")
    assert (rows[1]["corrections"], rows[1]["heat"], rows[1]["last_correction_at"]) == (0, None, None)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"environment": "production", "q": "type:File motd"}, [MOTD]),
        ({"environment": "staging"}, []),
        ({"q": "nginx"}, ["Service[nginx]"]),
        ({"q": "corrections:>1"}, [MOTD]),
        ({"pattern": "repeater"}, []),
    ],
)
def test_a_list_of_resources_keeps_to_its_filters(reader: Reader, query: dict[str, str], names: list[str]) -> None:
    assert reader.names("resources/", **query) == names


def test_what_is_of_a_list_is_refused_beside_a_name(reader: Reader) -> None:
    assert reader.get("resources/", expected=400, name=MOTD, pattern="failing")["detail"].startswith("pattern: ")
    assert reader.get("resources/", expected=400, name=MOTD, q="motd")["detail"].startswith("q: ")
    assert reader.get("resources/", expected=400, sort="name")["detail"].startswith("sort: ")
