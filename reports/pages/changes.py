"""The list of changes, newest first, within a window: what changed where, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.changes import ChangeFilter, list_changes
from reports.analysis.choices import list_choices
from reports.pages.asked import (
    Choice,
    Filter,
    Pager,
    drop_down,
    id_asked,
    moment_asked,
    name_asked,
    text_asked,
    turn_pages,
    words_asked,
)
from reports.pages.page import Page, show
from reports.pages.rows import ChangeRow
from reports.pages.windows import WINDOWS, read_window, start_of, widen
from reports.pages.words import CAUSES, CHANGE_STATUSES, Word
from reports.run import Cause, Status

LINES = 100
_CAUSES: Final = (Cause.CORRECTIVE, Cause.INTENDED, Cause.FIRST_BUILD, Cause.REPEATED, Cause.TRIGGERED, Cause.UNKNOWN)
_STATUSES: Final = (Status.FAILED, Status.SUCCESS, Status.PENDING, Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Box:
    """One cause or status to tick."""

    word: Word
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """`since` and `until` are shown where the query string names them instead of a window.

    `resource` is its whole name, `resource_id` stands for one whose name is too long for an address.
    """

    node: str
    resource: str
    resource_id: int | None
    causes: tuple[Box, ...]
    statuses: tuple[Box, ...]
    filters: tuple[Filter, ...]
    since: datetime | None
    until: datetime | None
    window: str
    wider: str
    rows: tuple[ChangeRow, ...]
    pager: Pager


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The page at `/changes/`."""
    return show(request, "changes", build_changes(request.GET, timezone.now()))


def build_changes(query: QueryDict, now: datetime) -> ChangesPage:
    """Raises BadQuestion for a filter or cursor that means nothing."""
    wanted, window = read_filter(query), read_window(query)
    is_exact = bool(wanted.since or wanted.until)
    if not is_exact:
        wanted = replace(wanted, since=start_of(window, now))
    found = list_changes(wanted, now, cursor=text_asked(query, "cursor"), limit=LINES)
    return ChangesPage(
        title="Changes",
        section="changes",
        now=now,
        node=wanted.node or "",
        resource=wanted.resource or "",
        resource_id=wanted.resource_id,
        causes=tuple(_box(CAUSES[cause], cause, is_chosen=cause in wanted.causes) for cause in _CAUSES),
        statuses=tuple(
            _box(CHANGE_STATUSES[status], status, is_chosen=status in wanted.statuses) for status in _STATUSES
        ),
        filters=_filters(wanted, window),
        since=wanted.since if is_exact else None,
        until=wanted.until,
        window=WINDOWS[window],
        wider="" if window == "all" or is_exact else widen(query),
        rows=tuple(ChangeRow.of(change) for change in found.rows),
        pager=turn_pages(query, found),
    )


def read_filter(query: QueryDict) -> ChangeFilter:
    """What the query string asks for, but for the window. A name that somebody typed goes before an id of a link."""
    resource = name_asked(query, "resource")
    return ChangeFilter(
        site=text_asked(query, "site"),
        node=name_asked(query, "node"),
        resource=resource,
        resource_id=id_asked(query, "id") if resource is None else None,
        tool=text_asked(query, "tool"),
        environment=name_asked(query, "environment"),
        causes=words_asked(query, "cause", Cause),
        statuses=words_asked(query, "status", Status),
        since=moment_asked(query, "since"),
        until=moment_asked(query, "until"),
    )


def _box(word: Word, member: Cause | Status, *, is_chosen: bool) -> Box:
    return Box(word, Choice(member.name.lower(), word.label, is_chosen))


def _filters(wanted: ChangeFilter, window: str) -> tuple[Filter, ...]:
    """A site is worth a filter only where there are several."""
    choices = list_choices()
    asked = (
        drop_down("environment", "Environment", choices.environments, chosen=wanted.environment),
        drop_down("tool", "Tool", choices.tools, chosen=wanted.tool),
        drop_down("site", "Site", choices.sites, chosen=wanted.site),
    )
    return (*(asked if len(asked[2].choices) > 1 else asked[:2]), drop_down("window", "Window", WINDOWS, chosen=window))
