"""What is the story of one node?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from msgspec.json import decode

from reports.analysis.nodes import CORRECTED_DAYS, Beside, NodeLine, describe_node, first_corrected_day
from reports.errors import BadQuestion, NothingFound
from reports.rollups.tables import NodeState
from reports.run import Json, Pattern
from reports.sql import load
from reports.store.ids import node_id

FIND_STORY = load(__file__, "find_node_story")


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
class NamedNode:
    """A node by its name; what is told of it is looked up by its state."""

    name: str
    site: str
    state: NodeState


@dataclass(frozen=True, slots=True)
class _Machine:
    machine: str
    since: datetime
    tool: str


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


def find_named(name: str) -> tuple[NamedNode, ...]:
    """The nodes of this name, in the order of their sites."""
    return tuple(NamedNode(name, row.site, row) for row in NodeState.objects.filter(name=name).order_by("site"))


def find_node(name: str, now: datetime, *, site: str, days: int = 56, max_resources: int | None = None) -> NodeStory:
    """The story of a node. Raises NothingFound."""
    state = NodeState.objects.filter(name=name, site=site).first()
    if state is None:
        raise NothingFound(f"no node {name} in site {site}")
    return tell_node(NamedNode(name, site, state), now, days=days, max_resources=max_resources)


def tell_node(named: NamedNode, now: datetime, *, days: int, max_resources: int | None = None) -> NodeStory:
    """The story of a node whose state is at hand, over so many UTC days, a week at least.

    One question by the node's own keys: the cost is the node's own rows, whatever the size of the fleet.
    """
    state, since = named.state, now.date() - timedelta(days=max(days, CORRECTED_DAYS) - 1)
    with connection.cursor() as database:
        database.execute(FIND_STORY, {"node_id": state.node_id, "since": since, "most_resources": max_resources})
        risk, reasons, days_told, resources, inventories, lives = database.fetchone()
    day_lines = decode(days_told or "[]", type=tuple[NodeDayLine, ...])
    corrections = sum(line.corrections for line in day_lines if line.day >= first_corrected_day(now))
    return NodeStory(
        node=describe_node(state, Beside(corrections, risk, tuple(reasons or ())), now),
        days=day_lines,
        resources=decode(resources or "[]", type=tuple[NodeResourceLine, ...]),
        inventories=tuple(_read_inventory(told) for told in json.loads(inventories or "[]")),
        lives=_read_lives(lives or "[]"),
    )


def _read_inventory(told: dict[str, Any]) -> InventoryStory:
    """Facts may hold whole numbers of any size, which Python's own reader alone keeps as they are."""
    moments = (told[name] and datetime.fromisoformat(told[name]) for name in ("facts_at", "packages_at"))
    facts_at, packages_at = moments
    return InventoryStory(told["tool"], told["facts"], facts_at, told["packages"], packages_at)


def _read_lives(told: str) -> tuple[Life, ...]:
    """Newest first."""
    seen: set[str] = set()
    lives: list[Life] = []
    for machine in decode(told, type=tuple[_Machine, ...]):
        lives.append(Life(machine.machine, machine.since, machine.tool, is_first=machine.tool not in seen))
        seen.add(machine.tool)
    return tuple(reversed(lives))
