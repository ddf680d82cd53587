"""The list of runs, within a window."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.counting import Count
from reports.analysis.paging import Slice
from reports.analysis.runs import RunFilter, RunLine, RunOrder, count_runs, list_runs
from reports.pages.asked import moment_asked, text_asked, words_asked
from reports.pages.columns import Column
from reports.pages.list_page import show_list
from reports.pages.listing import (
    Listing,
    Question,
    TextField,
    Ticks,
    drop_downs_of_place,
)
from reports.pages.rows import RunRow
from reports.pages.table_head import lay_head
from reports.pages.words import OUTCOMES
from reports.people.notes import Subject
from reports.run import Outcome
from reports.search import subjects

_WORST_FIRST: Final = {outcome: OUTCOMES[outcome] for outcome in sorted(Outcome, reverse=True)}
TICKS: Final = (Ticks("outcome", "Outcome", "outcomes", _WORST_FIRST),)
_NUMBER: Final = "num wide-only"
COLUMNS: Final = (
    Column("id"),
    Column("outcome", "Outcome", css="fit", is_fixed=True),
    Column("started_at", "Started", css="fit", orders=(RunOrder.NEWEST, RunOrder.OLDEST)),
    Column("node", "Node", is_fixed=True),
    Column("site"),
    Column("tool", "Tool", css="fit wide-only"),
    Column("environment", "Environment", css="wide-only"),
    Column("failed", "Failed", "Failed resources", "counts.failed", "num"),
    Column("changed", "Changed", "Changed resources", "counts.changed", "num"),
    Column("skipped", "Skipped", "Resources skipped", "counts.skipped", _NUMBER, is_usual=False),
    Column("pending", "Pending", "Resources that a dry run would have changed", "counts.pending", _NUMBER),
    Column("unchanged", "Unchanged", "Resources found as they should be", "counts.unchanged", _NUMBER, is_usual=False),
    Column("total", "All", "All resources the run looked at", "counts.total", _NUMBER),
    Column("corrective", "Corrected", "Changes that put drift right", "counts.corrective", _NUMBER),
    Column("intended", "Intended", "Changes that the code asked for", "counts.intended", _NUMBER, is_usual=False),
    *(Column(cause, path=f"counts.{cause}") for cause in ("first_build", "repeated", "triggered", "unknown")),
    Column("duration_seconds", "Took", css=_NUMBER),
    Column("code_version", "Code version", css="wide-only"),
    Column("noop"),
    Column("ended_at"),
    Column("received_at", "Arrived", css="fit wide-only", is_usual=False),
    Column("is_clock_wrong"),
)

# The same on the page of a node, which goes without saying there, in an order that is not asked for.
HEAD_ON_NODE: Final = lay_head(COLUMNS, {column for column in COLUMNS if column.is_usual and column.name != "node"})


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The page at `/runs/`."""
    return show_list(RUNS, request, timezone.now())


def read_filter(query: QueryDict) -> RunFilter:
    """What the query string asks for, but for the window."""
    return RunFilter(
        site=text_asked(query, "site"),
        node=text_asked(query, "node"),
        tool=text_asked(query, "tool"),
        environment=text_asked(query, "environment"),
        since=moment_asked(query, "since"),
        until=moment_asked(query, "until"),
        outcomes=words_asked(query, "outcome", Outcome),
    )


def _find(asked: Question) -> Slice[RunLine]:
    return list_runs(asked.wanted, asked.now, order=RunOrder(asked.order), cursor=asked.cursor, limit=asked.limit)


def _count(asked: Question) -> Count | None:
    return count_runs(asked.wanted, asked.now)


RUNS: Final = Listing(
    page="runs",
    title="Runs",
    one="run",
    many="runs",
    subject=subjects.RUNS,
    columns=COLUMNS,
    orders={RunOrder.NEWEST: "newest first", RunOrder.OLDEST: "oldest first"},
    read=read_filter,
    find=_find,
    count=_count,
    row=RunRow.of,
    ticks=TICKS,
    texts=(TextField("node", "Node (whole name)"),),
    drop_downs=drop_downs_of_place,
    has_window=True,
    about=lambda run: Subject(run.node_id),
)
