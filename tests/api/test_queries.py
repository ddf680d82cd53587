"""`?q=` of the lists: the language of the search, and where a word of it means nothing."""

from __future__ import annotations

import pytest

from tests.api.conftest import Reader, run_id

pytestmark = pytest.mark.usefixtures("fleet")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("web", {"web-1", "web-2"}),
        ("name:web-1", {"web-1"}),
        ("status:corrected", {"web-1"}),
        ('resource:"File[/etc/*]" -site:branch', {"web-1"}),
        ("env:staging outcome:pending", {"web-2"}),
        ("changed:<7d -web", set()),
    ],
)
def test_nodes_are_found_by_a_query(reader: Reader, query: str, expected: set[str]) -> None:
    assert set(reader.names("nodes/", q=query)) == expected


def test_runs_and_changes_are_found_by_a_query(reader: Reader) -> None:
    assert reader.names("runs/", "id", q="noop:yes") == [str(run_id("web-2"))]
    assert set(reader.names("changes/", "resource", q="resource:motd cause:corrective")) == {"File[/etc/motd]"}


def test_hotspots_are_asked_about_what_is_ranked(reader: Reader) -> None:
    sites = reader.names("hotspots/", "site", q="muted:no site:branch")
    assert sites == ["branch"]
    assert reader.names("hotspots/", by="resource", q="/etc/*") == ["File[/etc/motd]"]
    assert reader.names("hotspots/", by="resource", q="type:Package") == []
    assert reader.names("hotspots/", by="environment", q="STAG") == ["staging"]
    last_year = {"since": "2025-01-01", "until": "2025-02-01", "q": "web"}
    assert reader.names("hotspots/", **last_year) == []


@pytest.mark.parametrize(("by", "query"), [("resource", "-status:failed"), ("environment", "muted:no")])
def test_hotspots_know_the_keys_of_what_is_ranked_alone(reader: Reader, by: str, query: str) -> None:
    answer = reader.get("hotspots/", 400, by=by, q=query)
    key = query[slice(*answer["at"])]
    assert f"q: There is no key {key} for {by}s" in answer["detail"]


def test_a_query_holds_beside_the_other_filters_and_on_every_page(reader: Reader) -> None:
    assert reader.names("nodes/", q="web", site="branch") == ["web-1"]
    first = reader.get("nodes/", 200, q="web", limit="1")
    assert "q=web" in first["next"]


def test_an_empty_query_asks_for_everything(reader: Reader) -> None:
    assert reader.names("nodes/", q=" ") == reader.names("nodes/")


@pytest.mark.parametrize(
    ("path", "query", "word", "said"),
    [
        ("nodes/", "web enviroment:x", "enviroment", "q: There is no key enviroment for nodes; did you mean env"),
        ("runs/", "outcome:faild", "faild", "Did you mean failed?"),
        ("changes/", "at:<soon", "soon", "q: at is how long ago"),
        ("hotspots/", "title:/etc/*", "title", "q: There is no key title for nodes"),
    ],
)
def test_a_word_that_means_nothing_is_told_with_its_place(
    reader: Reader, path: str, query: str, word: str, said: str
) -> None:
    answer = reader.get(path, 400, q=query)
    begin, end = answer["at"]
    assert query[begin:end] == word
    assert said in answer["detail"]


def test_a_resource_that_means_too_many_is_told_with_its_place(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.search.resources.MOST_RESOURCES", 0)
    assert reader.get("runs/", 400, q='web resource:"File[*]"')["at"] == [13, 22]
