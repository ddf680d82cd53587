"""Why are two nodes, perhaps of one role, not the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.analysis.node_facts import FactsApart, PackagesApart, compare_facts, compare_packages, join_facts
from reports.analysis.node_habits import QUIET, HabitPair, differing, find_habits
from reports.analysis.node_newest import (
    NewestRun,
    ResourcesApart,
    compare_sets,
    find_newest,
    newest_by_tool,
)
from reports.analysis.nodes import NodeLine, describe_nodes
from reports.analysis.run_resources import find_names
from reports.errors import BadQuestion, NothingFound
from reports.rollups.tables import NodeState
from reports.store.tables import Inventory, Run

SUGGESTED: Final = 8
NAMED: Final = 10_000  # resources that only one of them manages; the others are counted


@dataclass(frozen=True, slots=True)
class NodeName:
    """Which node is meant."""

    name: str
    site: str


@dataclass(frozen=True, slots=True)
class NodeSide:
    """One of the two nodes. `told_at`: when its newest facts or packages were told; None: never."""

    node: NodeLine
    role: str | None
    newest: tuple[NewestRun, ...]
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class NodePair:
    """Two nodes side by side.

    `only_tools_a` and `only_tools_b` tell facts of one of them alone. Those are not held against anything, for each
    tool names facts in its own way.
    """

    a: NodeSide
    b: NodeSide
    facts: FactsApart
    packages: PackagesApart
    resources: ResourcesApart
    habits: tuple[HabitPair, ...]
    only_tools_a: tuple[str, ...]
    only_tools_b: tuple[str, ...]


def compare_two_nodes(a: NodeName, b: NodeName, now: datetime, *, named: int = NAMED) -> NodePair:
    """Raises NothingFound, and BadQuestion where both are one node.

    The rows of these two nodes, in nine queries, whatever the size of the fleet.
    """
    states = _find_states(a, b)
    keys = (states[0].node_id, states[1].node_id)
    lines = describe_nodes(states, now)
    runs = find_newest(keys)
    told = _find_inventories(keys)
    sets = compare_sets(runs[keys[0]], runs[keys[1]])
    habits = find_habits(keys)
    apart = differing(*habits)
    names = find_names({*sets.only_a, *sets.only_b, *apart})
    facts = [{row.tool: row.facts for row in rows if row.facts is not None} for rows in told]
    return NodePair(
        a=_side(lines[0], states[0], runs[keys[0]], told[0]),
        b=_side(lines[1], states[1], runs[keys[1]], told[1]),
        facts=join_facts(
            compare_facts(tool, facts[0][tool], facts[1][tool], names=(a.name, b.name))
            for tool in sorted(facts[0].keys() & facts[1].keys())
        ),
        packages=compare_packages(_packages(told[0]), _packages(told[1])),
        resources=sets.named(names, limit=named),
        habits=tuple(HabitPair(names[n], habits[0].get(n, QUIET), habits[1].get(n, QUIET)) for n in apart),
        only_tools_a=tuple(sorted(facts[0].keys() - facts[1].keys())),
        only_tools_b=tuple(sorted(facts[1].keys() - facts[0].keys())),
    )


def suggest_nodes(wanted: NodeName) -> tuple[NodeName, ...]:
    """Nodes of the same role and environment in its site to compare a node with, by name. Raises NothingFound.

    Reads the nodes of its environment by name until there are enough.
    """
    state = NodeState.objects.filter(name=wanted.name, site=wanted.site).first()
    if state is None:
        raise NothingFound(f"no node {wanted.name} in site {wanted.site}")
    alike = NodeState.objects.filter(environment=state.environment, role=state.role, site=state.site)
    found = alike.exclude(node_id=state.node_id).order_by("name").values_list("name", "site")[:SUGGESTED]
    return tuple(NodeName(*row) for row in found)


def _find_states(a: NodeName, b: NodeName) -> tuple[NodeState, NodeState]:
    if a == b:
        raise BadQuestion(f"b: {b.name} is the very node that a is; name another one")
    found = {(row.name, row.site): row for row in NodeState.objects.filter(name__in=[a.name, b.name])}
    for wanted in (a, b):
        if (wanted.name, wanted.site) not in found:
            raise NothingFound(f"no node {wanted.name} in site {wanted.site}")
    return found[a.name, a.site], found[b.name, b.site]


def _find_inventories(keys: tuple[int, int]) -> tuple[list[Inventory], list[Inventory]]:
    rows = list(Inventory.objects.filter(node_id__in=keys).order_by("tool"))
    return [row for row in rows if row.node_id == keys[0]], [row for row in rows if row.node_id == keys[1]]


def _side(line: NodeLine, state: NodeState, runs: Sequence[Run], told: Sequence[Inventory]) -> NodeSide:
    moments = [moment for row in told for moment in (row.facts_at, row.packages_at) if moment is not None]
    return NodeSide(line, state.role, newest_by_tool(runs), max(moments, default=None))


def _packages(told: Sequence[Inventory]) -> dict[str, str]:
    """Those of all tools; of one that two tell of, the newer word."""
    dated = [(row.packages_at, row.packages) for row in told if row.packages_at and row.packages]
    packages: dict[str, str] = {}
    for _, part in sorted(dated, key=lambda one: one[0]):
        packages |= part
    return packages
