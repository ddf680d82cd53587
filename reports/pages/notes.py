"""All notes and mutes: who knows what, of what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.paging import Keyset, take_slice
from reports.errors import BadQuestion
from reports.pages.asked import Filter, Pager, Tab, count_filled, drop_down, id_asked, text_asked, turn_pages, turn_tabs
from reports.pages.note_rows import NoteRow
from reports.pages.page import Page, show
from reports.people.notes import NoteFilter, NoteLine, Subject, find_notes
from reports.people.subjects import NamedSubject, name_subjects

LINES = 100
NEWEST_FIRST: Final = Keyset((("created_at", datetime.fromisoformat), ("id", int)), is_descending=True)
STANDINGS: Final = {None: "open", "over": "over"}
KINDS: Final = {"mute": "mutes", "note": "notes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesPage(Page):
    """`about` is what `?node=` and `?resource=` ask for; None: anything."""

    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    owner: str
    text: str
    standing: str
    about: NamedSubject | None
    is_filtered: bool
    filled: int
    are_over: bool
    rows: tuple[NoteRow, ...]
    pager: Pager


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """The page at `/notes/`."""
    return show(request, "notes", build_notes(request.GET, timezone.now()))


def build_notes(query: QueryDict, now: datetime) -> NotesPage:
    """One walk down an index, and the names of what the notes are about. Raises BadQuestion."""
    standing = _word_asked(query, "standing", ("over",))
    kind = _word_asked(query, "kind", tuple(KINDS))
    subject = Subject(id_asked(query, "node"), id_asked(query, "resource"))
    owner, text = text_asked(query, "owner"), text_asked(query, "text")
    wanted = NoteFilter(subject, owner, text, None if kind is None else kind == "mute", are_over=standing == "over")
    found = take_slice(find_notes(wanted, now), NEWEST_FIRST, cursor=text_asked(query, "cursor"), limit=LINES)
    lines = [NoteLine.of(note) for note in found.rows]
    named = name_subjects({subject, *(line.subject for line in lines)})
    return NotesPage(
        title="Notes and mutes",
        section="notes",
        now=now,
        tabs=turn_tabs(query, "standing", STANDINGS, chosen=standing),
        filters=(drop_down("kind", "Kind", KINDS, chosen=kind),),
        owner=owner or "",
        text=text or "",
        standing=standing or "",
        about=named[subject] if subject != Subject() else None,
        is_filtered=bool(kind or owner or text or subject != Subject()),
        filled=count_filled(query, ("kind", "owner", "text")),
        are_over=standing == "over",
        rows=tuple(NoteRow.of(line, named[line.subject], now) for line in lines),
        pager=turn_pages(query, found),
    )


def _word_asked(query: QueryDict, name: str, known: tuple[str, ...]) -> str | None:
    word = text_asked(query, name)
    if word is not None and word not in known:
        raise BadQuestion(f"{name}: there is no {word[:80]}; choose from {', '.join(known)}")
    return word
