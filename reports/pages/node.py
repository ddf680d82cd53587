"""One node: how it is, its runs, its changes over time, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.newest_of_node import list_newest_changes, list_newest_runs
from reports.analysis.node import InventoryStory, Life, NamedNode, NodeDayLine, NodeResourceLine, find_named, tell_node
from reports.analysis.node_pair import NodeName
from reports.analysis.nodes import NodeLine
from reports.charts.figure import Figure
from reports.charts.node_days import draw_node_days
from reports.errors import NothingFound
from reports.pages.asked import Pager, text_asked, turn_pages
from reports.pages.links import (
    MAIN_SITE,
    link_around,
    link_to_node,
    link_to_node_comparison,
    link_to_resource_of_node,
    link_to_runs,
)
from reports.pages.node_resource import Opened, build_opened
from reports.pages.note_rows import NotesPanel, build_panel
from reports.pages.page import Page, show
from reports.pages.rows import ChangeRow, NodeRow, RunRow
from reports.pages.runs import HEAD_ON_NODE
from reports.pages.table_head import TableHead
from reports.pages.timeline import TimelineTable, build_timeline
from reports.pages.words import PATTERNS, Word
from reports.people.notes import Noted, Subject, find_noted
from reports.run import Json
from reports.told import tell_risk

CHART_DAYS = 56
RUNS = 25
CHANGES = 12
RESOURCES = 25
FACTS = 40


@dataclass(frozen=True, slots=True)
class Site:
    """One of several sites that have a node of this name."""

    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSitesPage(Page):
    """A name that stands for nodes of several sites: which one is meant?"""

    name: str
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class InventoryCard:
    """What one tool told of the node: how much, and the first plain facts of it."""

    inventory: InventoryStory
    fact_count: int
    package_count: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource of the node, and the link that opens it on this page."""

    resource: NodeResourceLine
    link: str
    pattern: Word | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodePage(Page):
    """`chart` is None where nothing changed in its window, `opened` where nothing is; then `changes` are the newest.

    `risk_percent` is None where nothing has been foretold.
    """

    row: NodeRow
    risk_percent: str | None
    timeline: TimelineTable
    opened: Opened | None
    other_sites: tuple[Site, ...]
    chart: Figure | None
    chart_days: int
    days: tuple[NodeDayLine, ...]
    runs: tuple[RunRow, ...]
    runs_head: TableHead = HEAD_ON_NODE
    runs_pager: Pager
    all_runs: str
    changes: tuple[ChangeRow, ...]
    resources: tuple[ResourceRow, ...]
    has_more_resources: bool
    inventories: tuple[InventoryCard, ...]
    lives: tuple[Life, ...]
    compare: str
    then: str | None
    noted: Noted
    notes: NotesPanel
    opened_notes: NotesPanel | None


@require_safe
def node(request: HttpRequest, name: str) -> HttpResponse:
    """The page at `/nodes/<name>/`; `?name=` names a node that no path can (see links.py)."""
    name, now = text_asked(request.GET, "name") or name, timezone.now()
    if "\x00" in name:
        raise NothingFound("no node has a NUL character in its name")
    named = find_named(name)
    sites = tuple(one.site for one in named)
    asked = text_asked(request.GET, "site")
    if asked is None and len(sites) > 1 and MAIN_SITE not in sites:
        page = NodeSitesPage(title=name, section="nodes", now=now, name=name, sites=_sites(name, sites))
        return show(request, "node_sites", page)
    site = asked or (sites[0] if len(sites) == 1 else MAIN_SITE)
    chosen = next((one for one in named if one.site == site), None)
    if chosen is None:
        raise NothingFound(f"no node {name} in site {site}")
    others = _sites(name, tuple(other for other in sites if other != site))
    return show(request, "node", build_node(chosen, query=request.GET, now=now, other_sites=others))


def build_node(named: NamedNode, *, query: QueryDict, now: datetime, other_sites: tuple[Site, ...] = ()) -> NodePage:
    """Raises NothingFound, and BadQuestion. Everything is looked up by the node's own keys."""
    name, site = named.name, named.site
    story = tell_node(named, now, days=CHART_DAYS, max_resources=RESOURCES + 1)
    runs = list_newest_runs(story.node, cursor=text_asked(query, "cursor"), limit=RUNS)
    opened = build_opened(story.node, query, now)
    changes = () if opened else list_newest_changes(story.node, limit=CHANGES)
    today = now.astimezone(UTC).date()
    opened_id = opened.story.resource_id if opened else None
    shown = [resource.resource_id for resource in story.resources[:RESOURCES]]
    noted = find_noted(now, nodes=[story.node.node_id], resources=shown if opened_id is None else [*shown, opened_id])
    return NodePage(
        title=name,
        section="nodes",
        now=now,
        row=NodeRow.of(story.node),
        risk_percent=None if story.node.risk is None else tell_risk(story.node.risk),
        timeline=build_timeline(story, query, now, opened=opened_id),
        opened=opened,
        other_sites=other_sites,
        chart=draw_node_days(story.days, until=today, days=CHART_DAYS) if _has_changes(story.days) else None,
        chart_days=CHART_DAYS,
        days=story.days[::-1],
        runs=tuple(RunRow.of(run) for run in runs.rows),
        runs_pager=turn_pages(query, runs),
        all_runs=link_to_runs(node=name, site=site, window="all"),
        changes=tuple(ChangeRow.of(change) for change in changes),
        resources=tuple(_resource_row(resource, story.node) for resource in story.resources[:RESOURCES]),
        has_more_resources=len(story.resources) > RESOURCES,
        inventories=tuple(_card(inventory) for inventory in story.inventories),
        lives=story.lives,
        compare=link_to_node_comparison(NodeName(name, site)),
        then=link_around(changes[0].at) if changes else None,
        noted=noted,
        notes=build_panel(Subject(story.node.node_id), noted, now),
        opened_notes=build_panel(Subject(story.node.node_id, opened_id), noted, now) if opened_id is not None else None,
    )


def _resource_row(resource: NodeResourceLine, node: NodeLine) -> ResourceRow:
    return ResourceRow(
        resource=resource,
        link=link_to_resource_of_node(resource.resource_id, node=node.name, site=node.site),
        pattern=None if resource.pattern is None else PATTERNS[resource.pattern],
    )


def _has_changes(days: tuple[NodeDayLine, ...]) -> bool:
    return any(day.changes or day.failures for day in days)


def _sites(name: str, sites: tuple[str, ...]) -> tuple[Site, ...]:
    return tuple(Site(site, link_to_node(name, site=site)) for site in sites)


def _card(inventory: InventoryStory) -> InventoryCard:
    plain = sorted((name, _plain(value)) for name, value in inventory.facts.items() if _is_plain(value))
    return InventoryCard(inventory, len(inventory.facts), len(inventory.packages), tuple(plain[:FACTS]))


def _is_plain(value: Json) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and 0 < len(value) <= 120)


def _plain(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
