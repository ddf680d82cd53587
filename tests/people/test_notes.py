"""What is known of nodes and resources, and until when it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reports.people.notes import (
    NewNote,
    Noted,
    NoteFilter,
    Subject,
    end_note,
    find_noted,
    find_notes,
    list_mutes,
    write_note,
)
from reports.people.tables import Note
from tests.query_budget import count_queries

NOW = timezone.now()
NODE, RESOURCE = 11, 22


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada")


def write(
    owner: User, subject: Subject, text: str = "known", *, hours: float | None = None, is_mute: bool = False
) -> int:
    """A note that expires in so many hours."""
    expires_at = None if hours is None else NOW + timedelta(hours=hours)
    return write_note(subject, NewNote(text, is_mute, expires_at), owner).id


def texts(noted: Noted, node: int | None = None, resource: int | None = None) -> list[str]:
    return [line.text for line in noted.of(node, resource)]


def test_notes_are_found_by_what_they_are_about(ada: User) -> None:
    write(ada, Subject(NODE), "of the node")
    write(ada, Subject(None, RESOURCE), "of the resource")
    write(ada, Subject(NODE, RESOURCE), "of both")
    write(ada, Subject(NODE + 1), "of another")
    noted = find_noted(NOW, nodes=[NODE], resources=[RESOURCE])
    assert texts(noted, NODE) == ["of the node"]
    assert texts(noted, None, RESOURCE) == ["of the resource"]
    assert texts(noted, NODE, RESOURCE) == ["of both"]
    assert texts(noted, NODE + 1) == []


def test_all_rows_of_a_page_cost_one_query(ada: User) -> None:
    for number in range(50):
        write(ada, Subject(number + 1))
    with count_queries(1):
        assert len(find_noted(NOW, nodes=range(1, 51), resources=range(50))) == 50
    with count_queries(0):
        find_noted(NOW)


def test_what_expired_or_was_ended_stands_no_more(ada: User) -> None:
    write(ada, Subject(NODE), "expired", hours=-1)
    write(ada, Subject(NODE), "stands", hours=1, is_mute=True)
    ended = write(ada, Subject(NODE), "ended")
    assert end_note(ended, by="bob", now=NOW) is not None
    assert texts(find_noted(NOW, nodes=[NODE]), NODE) == ["stands"]
    assert {note.text for note in find_notes(NoteFilter(), NOW)} == {"stands"}
    assert {note.text for note in find_notes(NoteFilter(are_over=True), NOW)} == {"ended", "expired"}


def test_a_note_is_ended_once(ada: User) -> None:
    note = write(ada, Subject(NODE))
    line = end_note(note, by="bob", now=NOW)
    assert line is not None and (line.ended_by, line.stands(NOW)) == ("bob", False)
    assert end_note(note, by="eve", now=NOW) is None
    assert Note.objects.get().ended_by == "bob"
    assert end_note(note + 1, by="eve", now=NOW) is None


def test_mutes_of_a_window_are_those_that_stood_at_any_time_of_it(ada: User) -> None:
    def muted(text: str, *, written: float, expires: float, ended: float | None = None) -> None:
        note = write(ada, Subject(NODE), text, hours=expires, is_mute=True)
        ended_at = None if ended is None else NOW + timedelta(hours=ended)
        Note.objects.filter(pk=note).update(created_at=NOW + timedelta(hours=written), ended_at=ended_at)

    muted("before", written=-9, expires=-6)
    muted("ended before", written=-9, expires=0, ended=-6)
    muted("into it", written=-9, expires=-4)
    muted("ended in it", written=-4, expires=9, ended=-3)
    muted("over all of it", written=-9, expires=9)
    muted("after", written=-1, expires=9)
    write(ada, Subject(NODE), "no mute")
    found = list_mutes(NOW - timedelta(hours=5), NOW - timedelta(hours=2))
    assert [line.text for line in found] == ["into it", "over all of it", "ended in it"]
    assert {line.owner for line in found} == {"ada"}


def test_a_note_outlives_the_login_of_who_wrote_it(ada: User) -> None:
    write(ada, Subject(NODE))
    ada.delete()
    assert find_noted(NOW, nodes=[NODE]).of(NODE)[0].owner == "ada"
