"""`/api/v1/compare/runs/` and `/api/v1/compare/nodes/`."""

from __future__ import annotations

import pytest

from tests.api.conftest import Reader, run_id

pytestmark = pytest.mark.usefixtures("fleet")


def test_two_runs_are_told_head_to_head(reader: Reader) -> None:
    told = reader.get("compare/runs/", a=str(run_id("web-1 first")), b=str(run_id("web-1 drift")))
    assert told["a"]["run"]["outcome"] == "changed"
    assert told["changed_only_b"] == {"count": 1, "names": ["File[/etc/motd]"]}
    assert told["changed_both"]["count"] == 1
    assert told["only_a"] is None
    assert told["values"] == []


def test_two_nodes_are_told_side_by_side(reader: Reader) -> None:
    told = reader.get("compare/nodes/", a="web-1", a_site="main", b="web-2")
    assert told["a"]["node"]["name"] == "web-1"
    assert told["b"]["node"]["environment"] == "staging"
    assert [newest["tool"] for newest in told["a"]["newest"]] == ["generic", "other"]
    assert told["resources"]["unlisted"] == ["generic"]
    assert {habit["resource"] for habit in told["habits"]} == {"File[/etc/motd]"}
    assert told["habits"][0]["a"]["corrections"] == 1
    assert told["packages"] == {"rows": [], "same": 0, "only_told_by": "A"}


@pytest.mark.parametrize(
    ("path", "asked", "status", "sentence"),
    [
        ("runs", {}, 400, "a: name a run by its id"),
        ("runs", {"a": "x", "b": "x"}, 400, "which is a UUID"),
        ("runs", {"a": str(run_id("rack")), "b": str(run_id("rack"))}, 400, "the very run"),
        ("runs", {"a": str(run_id("rack")), "b": str(run_id("never"))}, 404, "no run"),
        ("nodes", {"a": "web-2"}, 400, "b: name a node, whole"),
        ("nodes", {"a": "web-1", "b": "web-2"}, 400, "say which, as ?a_site="),
        ("nodes", {"a": "web-2", "b": "web-2"}, 400, "the very node"),
        ("nodes", {"a": "web-2", "b": "nobody"}, 404, "no node nobody"),
        ("nodes", {"a": "web-2", "b": "rack", "c": "x"}, 400, "c: not a parameter here"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    reader: Reader, path: str, asked: dict[str, str], status: int, sentence: str
) -> None:
    assert sentence in reader.get(f"compare/{path}/", status, **asked)["detail"]
