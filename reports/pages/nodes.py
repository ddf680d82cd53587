"""The list of nodes."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.counting import Count
from reports.analysis.node_order import NodeOrder
from reports.analysis.nodes import NodeFilter, NodeLine, count_nodes, list_nodes
from reports.analysis.paging import Slice
from reports.analysis.status import NodeStatus
from reports.pages.asked import id_asked, text_asked, words_asked
from reports.pages.columns import Column
from reports.pages.list_page import show_list
from reports.pages.listing import (
    Listing,
    Question,
    TextField,
    Ticks,
    drop_downs_of_place,
)
from reports.pages.rows import NodeRow
from reports.pages.words import STATUSES
from reports.people.notes import Subject
from reports.search import subjects

_LAST_RUN: Final = "Resources in the last run"
_DRIFT: Final = "Drift put right"
TICKS: Final = (Ticks("status", "Status", "statuses", STATUSES),)
COLUMNS: Final = (
    Column("status", "Status", "How its newest runs ended, worst first", css="fit", orders=(NodeOrder.STATUS,)),
    Column("name", "Node", orders=(NodeOrder.NAME, NodeOrder.NAME_BACK), is_fixed=True),
    Column("site"),
    Column("environment", "Environment", css="wide-only"),
    Column("tools", "Tools", css="fit wide-only"),
    Column("last_run_failed", "Failed", "Resources that failed", "last_counts.failed", "num wide-only", _LAST_RUN),
    Column("last_run_changed", "Changed", "Resources that changed", "last_counts.changed", "num wide-only", _LAST_RUN),
    Column(
        "last_run_pending",
        "Pending",
        "Resources that a dry run would have changed",
        "last_counts.pending",
        "num wide-only",
        _LAST_RUN,
    ),
    Column("corrections_7d", "In 7 days", "Corrections within seven days", css="num wide-only", group=_DRIFT),
    Column(
        "heat",
        "Heat",
        "Corrections, each counting half after seven days",
        css="num wide-only",
        group=_DRIFT,
        orders=(NodeOrder.HEAT,),
    ),
    Column(
        "risk",
        "Risk",
        "Of a correction or a failure within the next seven days",
        css="num wide-only",
        orders=(NodeOrder.RISK,),
    ),
    Column("risk_reasons"),
    Column("first_seen_at", "First seen", css="fit wide-only", is_usual=False),
    Column("last_run_at", "Last run", css="fit"),
    Column("last_run_id"),
    Column("last_received_at", "Last report", "When its newest run arrived", css="fit wide-only", is_usual=False),
    Column("unfinished_since"),
    Column("is_clock_wrong"),
    Column("muted_until"),
)


@require_safe
def nodes(request: HttpRequest) -> HttpResponse:
    """The page at `/nodes/`."""
    return show_list(NODES, request, timezone.now())


def read_filter(query: QueryDict) -> NodeFilter:
    """What the query string asks for."""
    return NodeFilter(
        site=text_asked(query, "site"),
        environment=text_asked(query, "environment"),
        tool=text_asked(query, "tool"),
        search=text_asked(query, "search"),
        statuses=words_asked(query, "status", NodeStatus),
        failure=id_asked(query, "failure"),
    )


def _find(asked: Question) -> Slice[NodeLine]:
    return list_nodes(asked.wanted, asked.now, order=NodeOrder(asked.order), cursor=asked.cursor, limit=asked.limit)


def _count(asked: Question) -> Count:
    return count_nodes(asked.wanted, asked.now)


NODES: Final = Listing(
    page="nodes",
    title="Nodes",
    one="node",
    many="nodes",
    subject=subjects.NODES,
    columns=COLUMNS,
    orders={
        NodeOrder.NAME: "by name",
        NodeOrder.NAME_BACK: "by name, last first",
        NodeOrder.STATUS: "worst status first",
        NodeOrder.HEAT: "hottest first, then those never corrected",
        NodeOrder.RISK: "likeliest to need a correction or to fail first",
    },
    read=read_filter,
    find=_find,
    count=_count,
    row=NodeRow.of,
    ticks=TICKS,
    texts=(TextField("search", "Name contains", is_usual=False),),
    drop_downs=drop_downs_of_place,
    about=lambda node: Subject(node.node_id),
)
