"""Notes and mutes on pages: written by operators, seen by everybody, hiding nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reports.analysis.node import node_key
from reports.analysis.resource import resource_key
from reports.pages.links import link_to_resource_of_node
from reports.people.notes import NewNote, Subject, write_note
from reports.people.tables import AuditEntry, Group, Note
from reports.people.visible_nodes import recount_visible_nodes
from tests.api.conftest import NASTY
from tests.pages.conftest import Reader

NODE = node_key("web-1", site="main")
RESOURCE = resource_key("File[/etc/motd]")
PAIR = f"node={NODE}&resource={RESOURCE}"


def note(text: str, subject: Subject, *, is_mute: bool = False, days: float | None = None) -> Note:
    """A note of Ada's, that stands for so many days."""
    ada, _ = User.objects.get_or_create(username="ada")
    expires_at = None if days is None else timezone.now() + timedelta(days=days)
    return Note.objects.get(pk=write_note(subject, NewNote(text, is_mute, expires_at), ada).id)


def told(**fields: str) -> dict[str, str]:
    """What the form sends."""
    return {"text": "known, ticket 4711", "until": "ended", "until_at": "", **fields}


@pytest.mark.usefixtures("fleet")
def test_an_operator_mutes_a_node_and_it_is_written_down(operator: Reader) -> None:
    form = operator.open(f"/notes/write/?node={NODE}")
    assert "Note about web-1" in form.text
    answer = operator.client.post(f"/notes/write/?node={NODE}", told(is_mute="on", until="friday"), follow=True)
    assert answer.redirect_chain == [("/nodes/web-1/", 302)]
    page = answer.content.decode()
    assert "known, ticket 4711" in page and "Muted." in page
    kept = Note.objects.get()
    assert (kept.node_id, kept.resource_id, kept.is_mute, kept.owner_name) == (NODE, None, True, "grace")
    assert kept.expires_at is not None and kept.expires_at > timezone.now()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.subject) == ("note.written", "grace", "web-1")
    assert entry.detail["note"] == kept.pk


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        (PAIR, link_to_resource_of_node(RESOURCE, node="web-1", site="main")),
        (f"resource={RESOURCE}", "/resource/?name=File%5B%2Fetc%2Fmotd%5D"),
    ],
)
def test_a_note_leads_back_to_what_it_is_about(operator: Reader, query: str, leads_to: str) -> None:
    answer = operator.client.post(f"/notes/write/?{query}", told())
    assert answer["Location"] == leads_to
    assert "known, ticket 4711" in operator.open(leads_to).text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (told(text=" "), "text", "Say what is known."),
        (told(text="x" * 2001), "text", "At most 2,000 characters"),
        (told(text="a\x00b"), "text", "no NUL"),
        (told(is_mute="on"), "until", "A mute needs an end"),
        (told(until="never"), "until", "Choose one of these."),
        (told(until="date"), "until_at", "Say which day and time."),
        (told(until="date", until_at="soon"), "until_at", "Write a day and time such as"),
        (told(until_at="2020-01-01T00:00"), "until_at", "That is over already."),
        (told(is_mute="on", until_at="2999-01-01T00:00"), "until_at", "A mute lasts a year at most"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(operator: Reader, fields: dict[str, str], field: str, words: str) -> None:
    answer = operator.client.post(f"/notes/write/?node={NODE}", fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    error = page[page.index(f'id="error_{field}"') :].partition("</p>")[0]
    assert words in error
    assert f"error_{field}" in page[page.index(f'id="id_{field}"') :].partition(">")[0]
    assert not Note.objects.exists()


@pytest.mark.usefixtures("fleet")
def test_a_viewer_reads_and_does_not_write(reader: Reader) -> None:
    kept = note("known", Subject(NODE))
    assert not reader.open("/nodes/web-1/").links("/notes/write/")
    assert "takes the role operator" in reader.open(f"/notes/write/?node={NODE}", expected=403).text
    assert reader.client.post(f"/notes/write/?node={NODE}", told()).status_code == 403
    assert reader.client.post(f"/notes/{kept.pk}/end/").status_code == 403
    assert "end it" not in reader.open("/notes/").text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("query", ["", "node=1", "resource=1", f"node={NODE}&resource=1"])
def test_a_note_is_about_something_that_is_there(operator: Reader, query: str) -> None:
    operator.open(f"/notes/write/?{query}", expected=404)
    operator.open("/notes/write/?node=web-1", expected=400)


@pytest.mark.usefixtures("fleet")
def test_a_note_is_ended_by_a_form_alone_and_once(operator: Reader) -> None:
    kept = note("known", Subject(NODE))
    assert operator.client.get(f"/notes/{kept.pk}/end/").status_code == 405
    assert operator.client.post(f"/notes/{kept.pk}/end/")["Location"] == "/nodes/web-1/"
    assert operator.client.post(f"/notes/{kept.pk}/end/", {"list": "1"})["Location"] == "/notes/"
    assert operator.client.post("/notes/99999999999999999999/end/")["Location"] == "/notes/"
    assert list(AuditEntry.objects.values_list("act", "subject")) == [("note.ended", "web-1")]
    assert "No note is over yet" not in operator.open("/notes/?standing=over").text


@pytest.mark.usefixtures("fleet")
def test_what_is_muted_is_marked_in_every_list_and_stays_in_it(reader: Reader) -> None:
    pages = {
        "/nodes/": "web-1",
        "/hotspots/": "web-1",
        "/hotspots/?by=resource": "/etc/motd",
        "/": "web-1",
        "/search/?q=web": "web-1",
        "/search/?q=motd": "/etc/motd",
        "/resource/?name=File[/etc/motd]": "web-1",
        "/runs/": "web-1",
        "/changes/": "/etc/motd",
        "/incident/": "/etc/motd",
    }
    before = {address: reader.open(address).html.count("is-muted") for address in pages}
    note("it flaps", Subject(NODE), is_mute=True, days=2)
    note("the template is wrong", Subject(None, RESOURCE), is_mute=True, days=2)
    assert set(before.values()) == {0}
    for address, name in pages.items():
        seen = reader.open(address)
        assert "is-muted" in seen.html, address
        assert "muted" in seen.text and name in seen.text, address
        assert "(ada, until" in seen.html, address


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("subject", "rows"), [(Subject(NODE), 2), (Subject(None, RESOURCE), 2), (Subject(NODE, RESOURCE), 1)]
)
def test_a_change_is_marked_by_what_is_muted_of_it(reader: Reader, subject: Subject, rows: int) -> None:
    note("known", subject, is_mute=True, days=2)
    seen = reader.open("/changes/?cause=corrective,intended&window=1").html
    assert (seen.count("is-muted"), seen.count("note-mark muted")) == (rows, rows)


@pytest.mark.usefixtures("fleet")
def test_a_line_of_many_nodes_is_not_muted_by_one_of_them(reader: Reader) -> None:
    note("known", Subject(NODE), is_mute=True, days=2)
    assert "is-muted" in reader.open("/incident/?last=4h&nodes=rack&nodes=web-1").html
    many = reader.open("/incident/?last=4h&only=corrections&order=newest")
    assert "on 2 nodes" in many.text and "note-mark" not in many.html.partition('id="nodes"')[0]


@pytest.mark.usefixtures("fleet")
def test_a_resource_on_one_node_has_notes_of_its_own(reader: Reader) -> None:
    note("only here", Subject(NODE, RESOURCE))
    note("everywhere", Subject(None, RESOURCE))
    opened = reader.open(link_to_resource_of_node(RESOURCE, node="web-1", site="main")).text
    assert "only here" in opened and "everywhere on all nodes ada" in opened
    everywhere = reader.open("/resource/?name=File[/etc/motd]")
    assert "only here" not in everywhere.text  # in the list of nodes: a mark, and the text on hover
    assert "only here (ada)" in everywhere.html
    assert "only here (ada)" in reader.open("/hotspots/").html


@pytest.mark.usefixtures("fleet")
def test_what_expired_is_marked_nowhere_and_listed_on_request(reader: Reader) -> None:
    note("long over", Subject(NODE), is_mute=True, days=-1)
    assert "is-muted" not in reader.open("/nodes/").html
    assert "Nothing is noted or muted" in reader.open("/notes/").text
    assert "long over" in reader.open("/notes/?standing=over").text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ["one", "two", "three"]),
        ("kind=mute", ["two"]),
        ("kind=note", ["one", "three"]),
        ("owner=ada", ["one", "two", "three"]),
        ("owner=bob", []),
        ("text=TW", ["two"]),
        (f"node={NODE}", ["one", "two"]),
        (f"resource={RESOURCE}", ["two", "three"]),
        (PAIR, ["two"]),
    ],
)
def test_the_list_is_filtered(reader: Reader, query: str, texts: list[str]) -> None:
    note("one!", Subject(NODE))
    note("two!", Subject(NODE, RESOURCE), is_mute=True, days=1)
    note("three!", Subject(None, RESOURCE))
    seen = reader.open(f"/notes/?{query}").text
    assert [text for text in ("one", "two", "three") if f"{text}!" in seen] == texts
    assert ("No note matches" in seen) is (not texts)


@pytest.mark.parametrize("query", ["standing=x", "kind=x", "node=x", "cursor=x"])
def test_a_wrong_filter_is_refused_by_name(reader: Reader, query: str) -> None:
    assert query.partition("=")[0] in reader.open(f"/notes/?{query}", expected=400).text


@pytest.mark.usefixtures("fleet")
def test_text_and_names_are_text_and_addresses_are_links(operator: Reader) -> None:
    note(f"{NASTY} https://tickets.example/4711", Subject(NODE))
    note("of what is gone", Subject(1, 2))
    for address in ("/notes/", "/nodes/web-1/", "/nodes/"):
        seen = operator.open(address)
        assert "b" not in seen.tags()
    assert operator.open("/notes/").links("https://tickets.example/4711")
    assert "a resource that is gone" in operator.open("/notes/").text


def test_no_note_at_all_says_where_they_are_written(reader: Reader, operator: Reader) -> None:
    assert "Operators write notes" in reader.open("/notes/").text
    assert "Write a note on the page of a node or resource" in operator.open("/notes/").text


@pytest.mark.usefixtures("fleet")
def test_who_sees_a_part_of_the_fleet_reads_and_writes_notes_of_that_part(operator: Reader) -> None:
    group = Group.objects.create(name="staging", environments=["staging"])
    group.members.add(User.objects.get(username="grace"))
    recount_visible_nodes(timezone.now())
    seen_node = node_key("web-2", site="main")
    note("of what is not seen", Subject(NODE))
    note("of what is seen", Subject(seen_node))
    text = operator.open("/notes/").text
    assert "of what is seen" in text and "of what is not seen" not in text
    operator.open(f"/notes/write/?node={NODE}", expected=404)
    assert operator.client.post(f"/notes/write/?node={NODE}", told()).status_code == 404
    assert operator.client.post(f"/notes/write/?node={seen_node}", told()).status_code == 302
    hidden = Note.objects.get(text="of what is not seen")
    operator.client.post(f"/notes/{hidden.pk}/end/")
    hidden.refresh_from_db()
    assert hidden.ended_at is None


@pytest.mark.usefixtures("fleet")
def test_lines_are_kept_as_lines(operator: Reader) -> None:
    operator.client.post(f"/notes/write/?node={NODE}", told(text=" one\r\ntwo\r\n"))
    assert Note.objects.get().text == "one\ntwo"
