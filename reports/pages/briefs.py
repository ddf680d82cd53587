"""The archive of briefs: what was asked for, by whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.errors import BadQuestion
from reports.pages.asked import Filter, Pager, Tab, drop_down, text_asked, turn_pages, turn_tabs
from reports.pages.brief_rows import KINDS, STATES, BriefRow
from reports.pages.page import Page, show
from reports.weekly.archive import BriefFilter, list_briefs

LINES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefsPage(Page):
    """`is_mail_on`: whether this server sends mail at all."""

    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    kind: str
    is_filtered: bool
    rows: tuple[BriefRow, ...]
    pager: Pager
    is_mail_on: bool


@require_safe
def briefs(request: HttpRequest) -> HttpResponse:
    """The page at `/briefs/`."""
    return show(request, "briefs", build_briefs(request.GET, timezone.now()))


def build_briefs(query: QueryDict, now: datetime) -> BriefsPage:
    """One walk down an index, and the mails of what it found. Raises BadQuestion."""
    kind, state = _word_asked(query, "kind", tuple(KINDS)), _word_asked(query, "state", tuple(STATES))
    found = list_briefs(BriefFilter(kind, state), cursor=text_asked(query, "cursor"), limit=LINES)
    return BriefsPage(
        title="Briefs",
        section="briefs",
        now=now,
        tabs=turn_tabs(query, "kind", {None: "all"} | dict(KINDS), chosen=kind),
        filters=(drop_down("state", "State", {name: word.label for name, word in STATES.items()}, chosen=state),),
        kind=kind or "",
        is_filtered=bool(kind or state),
        rows=tuple(map(BriefRow.of, found.rows)),
        pager=turn_pages(query, found),
        is_mail_on=settings.MAIL_SERVER is not None,
    )


def _word_asked(query: QueryDict, name: str, known: tuple[str, ...]) -> str | None:
    word = text_asked(query, name)
    if word is not None and word not in known:
        raise BadQuestion(f"{name}: there is no {word[:80]}; choose from {', '.join(known)}")
    return word
