"""The list of changes, within a window: what changed where, and why."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.changes import ChangeFilter, ChangeLine, ChangeOrder, count_changes, list_changes
from reports.analysis.counting import Count
from reports.analysis.paging import Slice
from reports.pages.asked import id_asked, moment_asked, name_asked, text_asked, words_asked
from reports.pages.columns import Column
from reports.pages.list_page import show_list
from reports.pages.listing import (
    Listing,
    Question,
    TextField,
    Ticks,
    drop_downs_of_place,
)
from reports.pages.rows import ChangeRow
from reports.pages.words import CAUSES, CHANGE_STATUSES
from reports.people.notes import Subject
from reports.run import Cause, Status
from reports.search import subjects

_CAUSES: Final = (Cause.CORRECTIVE, Cause.INTENDED, Cause.FIRST_BUILD, Cause.REPEATED, Cause.TRIGGERED, Cause.UNKNOWN)
_STATUSES: Final = (Status.FAILED, Status.SUCCESS, Status.PENDING, Status.SKIPPED)
TICKS: Final = (
    Ticks("cause", "Cause", "causes", {cause: CAUSES[cause] for cause in _CAUSES}),
    Ticks("status", "What became of it", "statuses", {status: CHANGE_STATUSES[status] for status in _STATUSES}),
)
COLUMNS: Final = (
    Column("at", "When", css="fit", orders=(ChangeOrder.NEWEST, ChangeOrder.OLDEST)),
    Column("run_id"),
    Column("node", "Node"),
    Column("site"),
    Column("tool", "Tool", css="fit wide-only", is_usual=False),
    Column("environment", "Environment", css="wide-only", is_usual=False),
    Column("resource", "Resource", is_fixed=True),
    Column("type"),
    Column("title"),
    Column("property"),
    Column("old", "From and to"),
    Column("new"),
    Column("diff"),
    Column("status"),
    Column("cause", "Why"),
    Column("cause_source"),
    Column("reason"),
    Column("message"),
    Column("defined_at", "Defined at", "Where the code declares it", css="wide-only", is_usual=False),
    Column("is_sensitive"),
    Column("is_clock_wrong"),
)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The page at `/changes/`."""
    return show_list(CHANGES, request, timezone.now())


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
        since=moment_asked(query, "since"),
        until=moment_asked(query, "until"),
        causes=words_asked(query, "cause", Cause),
        statuses=words_asked(query, "status", Status),
    )


def _find(asked: Question) -> Slice[ChangeLine]:
    return list_changes(asked.wanted, asked.now, order=ChangeOrder(asked.order), cursor=asked.cursor, limit=asked.limit)


def _count(asked: Question) -> Count | None:
    return count_changes(asked.wanted, asked.now)


CHANGES: Final = Listing(
    page="changes",
    title="Changes",
    one="change",
    many="changes",
    subject=subjects.CHANGES,
    columns=COLUMNS,
    orders={ChangeOrder.NEWEST: "newest first", ChangeOrder.OLDEST: "oldest first"},
    read=read_filter,
    find=_find,
    count=_count,
    row=ChangeRow.of,
    ticks=TICKS,
    texts=(TextField("node", "Node (whole name)"), TextField("resource", "Resource, as Type[title]")),
    drop_downs=drop_downs_of_place,
    has_window=True,
    about=lambda change: Subject(change.node_id, change.resource_id),
)
