"""Lists are walked by cursor, forward and back."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.api.conftest import Reader, keep, run_id, tell_run

LISTS = ("nodes/", "runs/", "changes/", "resources/", "hotspots/")
SORTED = (
    *(f"nodes/?sort={order}" for order in ("-name", "-status", "-heat", "-risk")),
    "runs/?sort=started_at",
    "changes/?sort=at",
    "resources/?sort=-heat",
)


def walk(reader: Reader, address: str, direction: str) -> list[dict[str, Any]]:
    """Every page from this address on."""
    pages = [reader.client.get(address).json()]
    while pages[-1][direction] is not None:
        pages.append(reader.client.get(pages[-1][direction]).json())
    return pages


def keys_of(page: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What tells the rows of a page apart, in whatever list."""
    return [tuple(row.get(name) for name in ("id", "run_id", "site", "name", "resource")) for row in page["results"]]


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_walk_shows_every_row_once_and_back_the_same(reader: Reader, path: str, limit: int) -> None:
    whole = keys_of(reader.get(path))
    assert len(set(whole)) == len(whole)
    forward = [keys_of(page) for page in walk(reader, f"/api/v1/{path}?limit={limit}", "next")]
    assert [key for page in forward for key in page] == whole
    assert {len(page) for page in forward[:-1]} <= {limit}


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("path", SORTED)
def test_a_walk_in_another_order_shows_every_row_once_too(reader: Reader, path: str) -> None:
    whole = sorted(keys_of(reader.get(path.partition("?")[0])), key=str)
    pages = walk(reader, f"/api/v1/{path}&limit=2", "next")
    assert sorted((key for page in pages for key in keys_of(page)), key=str) == whole
    back = walk(reader, pages[-1]["previous"], "previous")
    assert [keys_of(page) for page in reversed(back)] == [keys_of(page) for page in pages[:-1]]


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("path", ["nodes/", "runs/", "changes/"])
def test_an_order_that_a_list_does_not_have_is_refused_by_name(reader: Reader, path: str) -> None:
    detail = reader.get(path, expected=400, sort="colour")["detail"]
    assert detail.startswith("sort: 'colour' is not one of ")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("path", LISTS)
def test_the_way_back_shows_the_same_pages(reader: Reader, path: str) -> None:
    forward = walk(reader, f"/api/v1/{path}?limit=1", "next")
    back = walk(reader, forward[-1]["previous"] or f"/api/v1/{path}?limit=1", "previous")
    assert forward[0]["previous"] is None
    assert [keys_of(page) for page in reversed(back)] == [keys_of(page) for page in forward[:-1] or forward]


@pytest.mark.usefixtures("fleet")
def test_the_addresses_of_pages_are_whole_and_keep_the_filter(reader: Reader) -> None:
    page = reader.get("runs/", limit="1", outcome="failed,corrected", node="web-1")
    address = urlsplit(page["next"])
    assert (address.scheme, address.netloc, address.path) == ("http", "testserver", "/api/v1/runs/")
    query = parse_qs(address.query)
    assert query.pop("cursor")
    assert query == {"limit": ["1"], "outcome": ["failed,corrected"], "node": ["web-1"]}


@pytest.mark.usefixtures("fleet")
def test_a_public_address_is_used_where_there_is_one(reader: Reader, settings: Any) -> None:  # noqa: ANN401 - pytest-django's fixture
    settings.FLEETVIEW_URL = "https://fleetview.example"
    assert reader.get("nodes/", limit="1")["next"].startswith("https://fleetview.example/api/v1/nodes/?")


def test_runs_that_began_in_the_same_moment_are_told_apart(reader: Reader) -> None:
    keep(*(tell_run(f"same {number}", f"node-{number % 3}") for number in range(7)))
    pages = walk(reader, "/api/v1/runs/?limit=2", "next")
    seen = [row["id"] for page in pages for row in page["results"]]
    assert sorted(seen) == sorted(str(run_id(f"same {number}")) for number in range(7))


def test_a_run_that_comes_in_meanwhile_moves_no_page(reader: Reader) -> None:
    keep(*(tell_run(f"old {number}", "node", hours_ago=number) for number in range(2, 6)))
    first = reader.get("runs/", limit="2")
    keep(tell_run("new", "node", hours_ago=1))
    second = reader.client.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [str(run_id("old 4")), str(run_id("old 5"))]
    newer = reader.client.get(second["previous"]).json()
    assert [row["id"] for row in newer["results"]] == [row["id"] for row in first["results"]]
    assert newer["previous"] is not None, "the new run stands before it now"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "cursor", ["x", "!", "W10", "bnVsbA", "MQ", "\u00fc", "WzFd", "W2ZhbHNlLCAiYSIsICJiIiwgImMiLCAiZCJd"]
)
def test_a_cursor_that_no_list_gave_out_is_refused(reader: Reader, path: str, cursor: str) -> None:
    assert reader.get(path, expected=400, cursor=cursor)["detail"].startswith("cursor: ")


FORGED = ["\0", "\ud800", "9" * 30, "2026-11-23", "0001-01-01T00:00:00+14:00", "-1", ""]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("first", [*FORGED, "2026-11-23T00:00:00+00:00"])
def test_a_forged_cursor_is_refused_or_leads_to_a_page(reader: Reader, path: str, first: str) -> None:
    nobody = str(UUID(int=0))
    for rest in FORGED:
        for columns in ([first, rest], [first, rest, nobody], [first, "1", nobody, rest]):
            forged = base64.urlsafe_b64encode(json.dumps([False, *columns]).encode()).decode()
            assert reader.client.get(f"/api/v1/{path}", {"cursor": forged}).status_code in (200, 400)


@pytest.mark.parametrize("path", LISTS)
@effort(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["cursor", "limit", "site", "node", "resource", "search", "status", "since", "until", "days", "x"]
        ),
        st.text(st.characters(codec="utf-8"), max_size=30),
        max_size=3,
    )
)
def test_no_query_makes_it_stumble(reader: Reader, path: str, query: dict[str, str]) -> None:
    response = reader.client.get(f"/api/v1/{path}", query)
    assert response.status_code in (200, 400)
    assert set(response.json()) in ({"next", "previous", "results"}, {"detail"})
