"""Saved views: kept, found again, named anew, shared and deleted; each by whom it may be."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from reports.people.tables import AuditEntry, SavedView
from reports.people.views import MOST_VIEWS
from tests.api.conftest import NASTY
from tests.pages.conftest import Reader

QUERY = "status=failed&sort=-heat"


def save(reader: Reader, name: str, expected: int = 302, **more: str) -> str:
    """Save a view of nodes; where the answer leads."""
    told = {"page": "nodes", "name": name, "query": f"{QUERY}&cursor=x", **more}
    answer = reader.client.post("/views/save/", told)
    assert answer.status_code == expected, answer.content
    return answer.get("Location", "")


def change(reader: Reader, called: str, act: str, expected: int = 302, **more: str) -> None:
    key = SavedView.objects.get(name=called).pk
    assert reader.client.post(f"/views/{key}/", {"act": act, **more}).status_code == expected


def test_a_view_is_saved_without_its_page_and_is_a_link_at_the_head_of_its_list(reader: Reader) -> None:
    assert save(reader, "  Failing and hot ") == f"/nodes/?{QUERY}"
    (view,) = SavedView.objects.all()
    assert (view.name, view.query, view.is_shared) == ("Failing and hot", QUERY, False)
    seen = reader.open("/nodes/")
    assert f"/nodes/?{QUERY}" in seen.links("status=failed")
    assert "Failing and hot" not in reader.open("/runs/").text
    assert f"/nodes/?{QUERY}" in reader.open("/views/").links("status=failed")


def test_the_same_name_is_saved_anew_and_not_twice(reader: Reader) -> None:
    save(reader, "mine")
    save(reader, "mine", query="status=silent")
    assert SavedView.objects.get().query == "status=silent"


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"name": " "}, "name: from 1"),
        ({"name": "x" * 101}, "name: from 1"),
        ({"page": "login"}, "page: choose from"),
        ({"query": "q=" + "x" * 5000}, "query: at most"),
        ({"shared": "yes"}, "shared: this takes the role operator"),
    ],
)
def test_what_cannot_be_saved_is_refused_by_name(reader: Reader, told: dict[str, str], word: str) -> None:
    answer = reader.client.post("/views/save/", {"page": "nodes", "name": "a", "query": "", **told})
    assert answer.status_code == 400
    assert word in answer.content.decode()
    assert not SavedView.objects.exists()


def test_nobody_keeps_more_views_than_can_be_looked_through(reader: Reader) -> None:
    owner = User.objects.get(username="ada")
    SavedView.objects.bulk_create(
        SavedView(owner=owner, name=str(number), page="nodes", query="") for number in range(MOST_VIEWS)
    )
    save(reader, "one more", expected=400)
    save(reader, "7")


def test_an_operator_shares_a_view_and_everybody_finds_it_and_cannot_change_it(
    reader: Reader, operator: Reader
) -> None:
    save(operator, "shared one", shared="yes")
    save(operator, "own one")
    assert "shared one" in reader.open("/nodes/").text
    seen = reader.open("/views/")
    assert "shared one" in seen.text and "own one" not in seen.text
    for act in ("rename", "unshare", "delete"):
        change(reader, "shared one", act, expected=404, name="taken")
    change(operator, "shared one", "unshare")
    assert "shared one" not in reader.open("/nodes/").text


def test_a_viewer_may_not_share_what_it_has(reader: Reader) -> None:
    save(reader, "mine")
    change(reader, "mine", "share", expected=400)
    assert "Share" not in reader.open("/views/").text
    assert not SavedView.objects.get().is_shared


def test_a_view_is_renamed_and_deleted_and_each_is_written_down(operator: Reader) -> None:
    save(operator, "one")
    save(operator, "two")
    change(operator, "one", "rename", expected=400, name="two")
    change(operator, "one", "rename", name="three")
    change(operator, "three", "share")
    change(operator, "three", "delete")
    change(operator, "two", "burn", expected=400)
    assert [view.name for view in SavedView.objects.all()] == ["two"]
    acts = [(entry.act, entry.subject) for entry in AuditEntry.objects.order_by("id") if entry.act != "login"]
    assert acts == [
        ("view.saved", "one"),
        ("view.saved", "two"),
        ("view.saved", "three"),
        ("view.saved", "three"),
        ("view.deleted", "three"),
    ]


def test_names_are_shown_as_text(operator: Reader, reader: Reader) -> None:
    save(operator, NASTY[:100], shared="yes")
    for seen in (reader.open("/nodes/"), reader.open("/views/"), operator.open("/views/")):
        assert "b" not in seen.tags()
        assert "we <b>say</b>" in seen.text


def test_nothing_is_saved_or_changed_by_a_link(reader: Reader) -> None:
    assert reader.client.get("/views/save/").status_code == 405
    assert reader.client.get("/views/1/").status_code == 405


def test_without_views_the_page_says_where_they_are_made(reader: Reader) -> None:
    assert "Nothing is saved yet" in reader.open("/views/").text


@pytest.mark.parametrize("by", ["node", "resource", "environment"])
def test_hotspots_are_saved_too(reader: Reader, by: str) -> None:
    assert save(reader, "hot", page="hotspots", query=f"by={by}&window=30d") == f"/hotspots/?by={by}&window=30d"
    assert f"/hotspots/?by={by}&window=30d" in reader.open("/views/").links("window=30d")
    assert "/views/#views-hotspots" in reader.open("/hotspots/").links()
