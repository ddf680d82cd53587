"""What people noted, for programs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from reports.people.notes import NewNote, Subject, end_note, write_note
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NASTY, NOW, Reader

pytestmark = pytest.mark.usefixtures("fleet")
NODE, RESOURCE = node_id("main", "web-1"), resource_id("File", "/etc/motd")


def note(text: str, subject: Subject, *, days: float | None = None) -> int:
    """A note of Ada's, a mute where it has an end."""
    ada, _ = User.objects.get_or_create(username="ada")
    expires_at = None if days is None else NOW + timedelta(days=days)
    return write_note(subject, NewNote(text, days is not None, expires_at), ada).id


def test_a_node_has_its_notes_and_until_when_it_is_muted(reader: Reader) -> None:
    note("known", Subject(NODE))
    note("muted", Subject(NODE), days=2)
    note("longer", Subject(NODE), days=3)
    note("only there", Subject(NODE, RESOURCE), days=9)
    rows = {(row["site"], row["name"]): row for row in reader.get("nodes/")["results"]}
    muted = rows["main", "web-1"]
    assert [one["text"] for one in muted["notes"]] == ["longer", "muted", "known"]
    assert datetime.fromisoformat(muted["muted_until"]) == NOW + timedelta(days=3)
    assert (rows["branch", "web-1"]["notes"], rows["branch", "web-1"]["muted_until"]) == ([], None)
    story = reader.get("nodes/web-1/", site="main")
    assert {one["text"]: one["resource"] for one in story["notes"]} == {
        "longer": None,
        "muted": None,
        "known": None,
        "only there": "File[/etc/motd]",
    }
    assert story["muted_until"] == muted["muted_until"]


def test_a_hotspot_has_the_notes_of_what_it_is(reader: Reader) -> None:
    note("of the node", Subject(NODE))
    note("of the resource", Subject(None, RESOURCE), days=1)
    spots = {
        (by, row["name"], row["site"]): row
        for by in ("node", "resource", "environment")
        for row in reader.get("hotspots/", by=by)["results"]
    }
    assert [one["text"] for one in spots["node", "web-1", "main"]["notes"]] == ["of the node"]
    assert [one["text"] for one in spots["resource", "File[/etc/motd]", None]["notes"]] == ["of the resource"]
    assert spots["resource", "File[/etc/motd]", None]["muted_until"]
    assert spots["environment", "production", None]["notes"] == []


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({}, ["three", "two", "one"]),
        ({"kind": "mute"}, ["two"]),
        ({"kind": "note"}, ["three", "one"]),
        ({"owner": "bob"}, []),
        ({"node": "web-1"}, ["two", "one"]),
        ({"node": "web-1", "site": "branch"}, []),
        ({"resource": "File[/etc/motd]"}, ["three", "two"]),
        ({"standing": "over"}, ["expired", "ended"]),
    ],
)
def test_notes_are_listed_newest_first_and_filtered(reader: Reader, query: dict[str, str], texts: list[str]) -> None:
    end_note(note("ended", Subject(NODE)), by="bob", now=NOW)
    note("expired", Subject(NODE), days=-1)
    note("one", Subject(NODE))
    note("two", Subject(NODE, RESOURCE), days=1)
    note("three", Subject(None, RESOURCE))
    assert reader.names("notes/", "text", **query) == texts


def test_a_note_tells_all_of_itself(reader: Reader) -> None:
    note(NASTY, Subject(NODE, RESOURCE), days=1)
    (row,) = reader.get("notes/")["results"]
    assert (row["node"], row["site"], row["resource"]) == ("web-1", "main", "File[/etc/motd]")
    assert (row["text"], row["is_mute"], row["owner"], row["stands"]) == (NASTY, True, "ada", True)
    assert (row["ended_at"], row["ended_by"]) == (None, None)


def test_the_list_is_walked_page_by_page(reader: Reader) -> None:
    for number in range(5):
        note(str(number), Subject(NODE))
    first = reader.get("notes/", limit="2")
    second = reader.client.get(first["next"]).json()
    assert [row["text"] for row in (*first["results"], *second["results"])] == ["4", "3", "2", "1"]


@pytest.mark.parametrize("query", [{"kind": "x"}, {"standing": "x"}, {"resource": "x"}, {"text": "x"}])
def test_what_means_nothing_is_refused_by_name(reader: Reader, query: dict[str, str]) -> None:
    assert next(iter(query)) in reader.get("notes/", 400, **query)["detail"]
