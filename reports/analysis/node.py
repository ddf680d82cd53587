"""What is the story of one node?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reports.analysis.nodes import NodeLine, describe_nodes
from reports.errors import BadQuestion, NothingFound
from reports.rollups.tables import NodeDay, NodeResource, NodeState
from reports.run import Json, Pattern
from reports.store.ids import node_id
from reports.store.tables import Inventory, NodeLife, Resource


@dataclass(frozen=True, slots=True)
class NodeResourceLine:
    """What one resource did on the node over all time, failures included.

    `reason` is the evidence of its pattern, in one sentence. Both None: it changed too seldom to show one.
    """

    resource_id: int
    type: str
    title: str
    corrections: int
    changes: int
    failures: int
    first_change_at: datetime
    last_change_at: datetime
    last_correction_at: datetime | None
    pattern: Pattern | None
    reason: str | None

    @property
    def resource(self) -> str:
        return f"{self.type}[{self.title}]"


@dataclass(frozen=True, slots=True)
class NodeDayLine:
    """One UTC day of the node: its runs by how they ended, and what they did. Days without a run are absent."""

    day: date
    runs: int
    failed: int
    stale_catalog: int
    corrected: int
    changed: int
    pending: int
    unchanged: int
    corrections: int
    changes: int
    failures: int
    duration_seconds: float


@dataclass(frozen=True, slots=True)
class InventoryStory:
    """The newest facts and packages of the node as one tool tells them."""

    tool: str
    facts: dict[str, Json]
    facts_at: datetime | None
    packages: dict[str, str]
    packages_at: datetime | None


@dataclass(frozen=True, slots=True)
class Life:
    """A machine that stood behind the name, from `since` on, as one tool tells it. `is_first`: of this tool."""

    machine: str
    since: datetime
    tool: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class NodeStory:
    """One node: how it is, what it did day by day, what kept changing on it, what it is made of."""

    node: NodeLine
    days: tuple[NodeDayLine, ...]
    resources: tuple[NodeResourceLine, ...]
    inventories: tuple[InventoryStory, ...]
    lives: tuple[Life, ...]


def node_key(name: str, *, site: str) -> int:
    """The id of the node of this name in this site, whether it is there or not."""
    return node_id(site, name)


def find_sites(name: str) -> tuple[str, ...]:
    """The sites in which there is a node of this name, in order."""
    return tuple(NodeState.objects.filter(name=name).order_by("site").values_list("site", flat=True))


def only_site(name: str, *, parameter: str = "site") -> str:
    """The site of the one node of this name. Raises NothingFound; and BadQuestion where there are several, for whoever
    asks has to choose, by this parameter."""
    sites = find_sites(name)
    if not sites:
        raise NothingFound(f"no node {name} in any site")
    if len(sites) > 1:
        told = ", ".join(sites)
        raise BadQuestion(
            f"{parameter}: there is a node {name} in each of {told}; say which, as ?{parameter}={sites[0]}"
        )
    return sites[0]


def find_node(name: str, now: datetime, *, site: str, days: int = 56, max_resources: int | None = None) -> NodeStory:
    """The story of a node. Raises NothingFound.

    Everything is a look-up by the node's own key: the cost is the node's own rows, whatever the size of the fleet.
    """
    state = NodeState.objects.filter(name=name, site=site).first()
    if state is None:
        raise NothingFound(f"no node {name} in site {site}")
    (line,) = describe_nodes([state], now)
    return NodeStory(
        node=line,
        days=_list_days(state.node_id, since=now.date() - timedelta(days=days - 1)),
        resources=list_node_resources(state.node_id, limit=max_resources),
        inventories=_list_inventories(state.node_id),
        lives=_list_lives(state.node_id),
    )


def _list_lives(node_id: int) -> tuple[Life, ...]:
    """Newest first."""
    seen: set[str] = set()
    lives: list[Life] = []
    for life in NodeLife.objects.filter(node_id=node_id).order_by("since", "tool"):
        lives.append(Life(life.machine, life.since, life.tool, is_first=life.tool not in seen))
        seen.add(life.tool)
    return tuple(reversed(lives))


def list_node_resources(node_id: int, *, limit: int | None = None) -> tuple[NodeResourceLine, ...]:
    """Every resource that ever changed on the node, most corrected first."""
    rows = NodeResource.objects.filter(node_id=node_id).order_by(
        "-corrections", "-changes", "-last_change_at", "resource_id"
    )
    kept = list(rows if limit is None else rows[:limit])
    names = Resource.objects.in_bulk([row.resource_id for row in kept])
    return tuple(
        NodeResourceLine(
            resource_id=row.resource_id,
            type=names[row.resource_id].type,
            title=names[row.resource_id].title,
            corrections=row.corrections,
            changes=row.changes,
            failures=row.failures,
            first_change_at=row.first_change_at,
            last_change_at=row.last_change_at,
            last_correction_at=row.last_correction_at,
            pattern=None if row.pattern is None else Pattern(row.pattern),
            reason=row.evidence,
        )
        for row in kept
    )


def _list_days(node_id: int, *, since: date) -> tuple[NodeDayLine, ...]:
    rows = NodeDay.objects.filter(node_id=node_id, day__gte=since).order_by("day")
    return tuple(
        NodeDayLine(
            day=row.day,
            runs=row.runs,
            failed=row.failed,
            stale_catalog=row.stale_catalog,
            corrected=row.corrected,
            changed=row.changed,
            pending=row.pending,
            unchanged=row.unchanged,
            corrections=row.corrections,
            changes=row.changes,
            failures=row.failures,
            duration_seconds=row.duration_seconds,
        )
        for row in rows
    )


def _list_inventories(node_id: int) -> tuple[InventoryStory, ...]:
    rows = Inventory.objects.filter(node_id=node_id).order_by("tool")
    return tuple(
        InventoryStory(row.tool, row.facts or {}, row.facts_at, row.packages or {}, row.packages_at) for row in rows
    )
