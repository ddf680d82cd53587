"""Notes as pages show them: the panel on the page of what they are about, and the lines of their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from reports.pages.links import MAIN_SITE, link_to_node, link_to_resource, link_to_resource_of_node, with_query
from reports.people.notes import Noted, NoteLine, Subject
from reports.people.subjects import NamedSubject


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note. `about` is None on the page of what it is about; `stands` while it is neither ended nor expired.

    `is_everywhere`: beside those about a resource on one node, it is about the resource on all nodes.
    """

    note: NoteLine
    stands: bool
    is_everywhere: bool = False
    about: NamedSubject | None = None
    link: str | None = None
    node_link: str | None = None
    resource_link: str | None = None

    @classmethod
    def of(cls, note: NoteLine, named: NamedSubject, now: datetime) -> NoteRow:
        """The row of a list of notes about anything."""
        return cls(
            note=note,
            stands=note.stands(now),
            about=named,
            link=link_to_subject(named),
            node_link=link_to_node(named.node, site=named.site or MAIN_SITE) if named.node else None,
            resource_link=link_to_subject(named) if named.resource else None,
        )


@dataclass(frozen=True, slots=True)
class NotesPanel:
    """The notes that stand about one thing, and where to write another."""

    rows: tuple[NoteRow, ...]
    write_link: str
    list_link: str


def build_panel(subject: Subject, noted: Noted, now: datetime) -> NotesPanel:
    """No query: the notes were looked up with all others of the page."""
    rows = [NoteRow(note, note.stands(now)) for note in noted.of(subject.node_id, subject.resource_id)]
    if subject.node_id is not None and subject.resource_id is not None:
        everywhere = noted.of(resource_id=subject.resource_id)
        rows += [NoteRow(note, note.stands(now), is_everywhere=True) for note in everywhere]
    return NotesPanel(
        rows=tuple(rows),
        write_link=link_to_write(subject),
        list_link=with_query(reverse("notes"), {"node": subject.node_id, "resource": subject.resource_id}),
    )


def link_to_write(subject: Subject) -> str:
    """The form for a note about this."""
    return with_query(reverse("write_note"), {"node": subject.node_id, "resource": subject.resource_id})


def link_to_subject(named: NamedSubject) -> str:
    """The page of what a note is about; the list of notes where that is no longer kept."""
    resource_id = named.subject.resource_id
    if named.node is not None:
        site = named.site or MAIN_SITE
        if resource_id is None:
            return link_to_node(named.node, site=site)
        return link_to_resource_of_node(resource_id, node=named.node, site=site)
    return link_to_resource(named.resource) if named.resource is not None else reverse("notes")
