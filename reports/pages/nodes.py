"""The list of nodes, filtered in the query string."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.choices import list_choices
from reports.analysis.nodes import NodeFilter, list_nodes
from reports.analysis.status import NodeStatus
from reports.pages.asked import Choice, Filter, Pager, drop_down, text_asked, turn_pages, words_asked
from reports.pages.page import Page, show
from reports.pages.rows import NodeRow
from reports.pages.words import STATUSES, Word

LINES = 100


@dataclass(frozen=True, slots=True)
class StatusBox:
    """One status to tick."""

    word: Word
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class NodesPage(Page):
    """`is_filtered` tells an empty answer from an empty fleet."""

    search: str
    statuses: tuple[StatusBox, ...]
    filters: tuple[Filter, ...]
    is_filtered: bool
    rows: tuple[NodeRow, ...]
    pager: Pager


@require_safe
def nodes(request: HttpRequest) -> HttpResponse:
    """The page at `/nodes/`."""
    return show(request, "nodes", build_nodes(request.GET, timezone.now()))


def build_nodes(query: QueryDict, now: datetime) -> NodesPage:
    """Raises BadQuestion for a filter or cursor that means nothing."""
    wanted = read_filter(query)
    found = list_nodes(wanted, now, cursor=text_asked(query, "cursor"), limit=LINES)
    return NodesPage(
        title="Nodes",
        section="nodes",
        now=now,
        search=wanted.search or "",
        statuses=tuple(_box(status, is_chosen=status in wanted.statuses) for status in NodeStatus),
        filters=_filters(wanted),
        is_filtered=wanted != NodeFilter(),
        rows=tuple(NodeRow.of(node) for node in found.rows),
        pager=turn_pages(query, found),
    )


def read_filter(query: QueryDict) -> NodeFilter:
    """What the query string asks for."""
    return NodeFilter(
        statuses=words_asked(query, "status", NodeStatus),
        site=text_asked(query, "site"),
        environment=text_asked(query, "environment"),
        tool=text_asked(query, "tool"),
        search=text_asked(query, "search"),
    )


def _box(status: NodeStatus, *, is_chosen: bool) -> StatusBox:
    return StatusBox(STATUSES[status], Choice(status.value, STATUSES[status].label, is_chosen))


def _filters(wanted: NodeFilter) -> tuple[Filter, ...]:
    """A site is worth a filter only where there are several."""
    choices = list_choices()
    asked = (
        drop_down("environment", "Environment", choices.environments, chosen=wanted.environment),
        drop_down("tool", "Tool", choices.tools, chosen=wanted.tool),
        drop_down("site", "Site", choices.sites, chosen=wanted.site),
    )
    return asked if len(asked[2].choices) > 1 else asked[:2]
