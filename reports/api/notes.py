"""`/api/v1/notes/`: what people know of nodes and resources, and what they muted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone

from reports.analysis.node import node_key
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.analysis.resource import resource_key
from reports.api.endpoint import Asked, list_endpoint
from reports.api.noted_shapes import NamedNote, NoteSerializer
from reports.api.parameters import NODE, PAGING, SITE, Parameter, word
from reports.people.notes import NoteFilter, NoteLine, Subject, find_notes
from reports.people.subjects import name_subjects

NEWEST_FIRST: Final = Keyset((("created_at", datetime.fromisoformat), ("id", int)), is_descending=True)
RESOURCE = Parameter("resource", "`Type[title]`, whole.")
KIND = word("kind", ("mute", "note"), "Only mutes, or only those that are none.")
STANDING = word("standing", ("open", "over"), "Those that stand, or those that were ended or expired.", default="open")
OWNER = Parameter("owner", "Login name of who wrote it, whole.")


@list_endpoint("notes_list", NoteSerializer, known=(STANDING, KIND, OWNER, NODE, SITE, RESOURCE, *PAGING))
def notes(asked: Asked) -> Slice[NamedNote]:
    """Notes and mutes, newest first. With `node`: also those about its resources."""
    now = timezone.now()
    subject = Subject(
        node_id=node_key(asked["node"], site=asked["site"] or "main") if asked["node"] else None,
        resource_id=resource_key(asked["resource"]) if asked["resource"] else None,
    )
    wanted = NoteFilter(
        subject=subject,
        owner=asked["owner"],
        are_mutes=None if asked["kind"] is None else asked["kind"] == "mute",
        are_over=asked["standing"] == "over",
    )
    found = take_slice(find_notes(wanted, now), NEWEST_FIRST, cursor=asked["cursor"], limit=asked["limit"])
    lines = [NoteLine.of(row) for row in found.rows]
    named = name_subjects({line.subject for line in lines})
    rows = tuple(NamedNote(line, about=named[line.subject], stands=line.stands(now)) for line in lines)
    return Slice(rows, found.next, found.previous)
