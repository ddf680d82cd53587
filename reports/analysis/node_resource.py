"""What is the story of one resource on one node?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.analysis.nodes import NodeLine
from reports.analysis.opened import OpenedRun, find_resource_on_node, open_change
from reports.analysis.resource_nodes import NodeOfResource, describe_nodes_of_resource
from reports.analysis.same_resource import ask_same_resource
from reports.analysis.together import answer_together
from reports.analysis.value_history import ValueHistory, ask_value_history
from reports.run import Pattern


@dataclass(frozen=True, slots=True)
class NodeResourceStory:
    """One resource on one node: its pattern, its values over time, one opened run, and the same resource elsewhere."""

    resource_id: int
    resource: str  # Type[title]
    pattern: Pattern | None
    evidence: str | None
    corrections: int
    changes: int
    failures: int
    history: ValueHistory
    opened: OpenedRun | None
    elsewhere: tuple[NodeOfResource, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which resource of a node to tell of: by a change of it (a run, and a place in that), or by its own id."""

    resource_id: int | None = None
    run_id: UUID | None = None
    ordinal: int = 0


def find_node_resource(line: NodeLine, asked: Asked, now: datetime) -> NodeResourceStory:
    """Raises NothingFound. Look-ups by key, and of the resource elsewhere one row a node."""
    opened: OpenedRun | None = None
    if asked.run_id is None:
        own = find_resource_on_node(line.node_id, asked.resource_id or 0)
    else:
        own, opened = open_change(line, asked.run_id, asked.ordinal)
    key = own.resource.id
    history, elsewhere = answer_together(
        ask_value_history(line.node_id, key),
        ask_same_resource(key, except_node=line.node_id, environment=line.environment),
    )
    return NodeResourceStory(
        resource_id=key,
        resource=own.resource.name,
        pattern=own.pattern,
        evidence=own.evidence,
        corrections=own.corrections,
        changes=own.changes,
        failures=own.failures,
        history=history,
        opened=opened,
        elsewhere=describe_nodes_of_resource(key, elsewhere, now),
    )
