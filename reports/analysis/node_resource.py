"""What is the story of one resource on one node?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.analysis.changes import ChangeLine, describe_change
from reports.analysis.nodes import NodeLine
from reports.analysis.resource import ResourceName, find_resource
from reports.analysis.resource_nodes import NodeOfResource
from reports.analysis.runs import RunLine, describe_run
from reports.analysis.same_resource import list_same_resource
from reports.analysis.value_history import ValueHistory, find_value_history
from reports.errors import NothingFound
from reports.rollups.tables import NodeResource
from reports.run import Pattern
from reports.store.tables import Change, Node, Resource, Run

MOST_CHANGES = 50  # of one resource in one run


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run, and all that it did to the resource."""

    run: RunLine
    resource: ResourceName
    changes: tuple[ChangeLine, ...]


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
    node = Node(id=line.node_id, site=line.site, name=line.name)
    opened = None if asked.run_id is None else _open(node, asked.run_id, asked.ordinal)
    resource = opened.resource if opened else find_resource(asked.resource_id or 0)
    key = resource.id
    row = NodeResource.objects.filter(node_id=node.id, resource_id=key).first()
    return NodeResourceStory(
        resource_id=key,
        resource=resource.name,
        pattern=None if row is None or row.pattern is None else Pattern(row.pattern),
        evidence=row.evidence if row else None,
        corrections=row.corrections if row else 0,
        changes=row.changes if row else 0,
        failures=row.failures if row else 0,
        history=find_value_history(node.id, key),
        opened=opened,
        elsewhere=list_same_resource(key, now, except_node=node.id, environment=line.environment),
    )


def _open(node: Node, run_id: UUID, ordinal: int) -> OpenedRun:
    """The run, and all that it did to the resource of that change. One probe of the index on `id` in each partition."""
    run = Run.objects.filter(node_id=node.id, id=run_id).order_by("-at").first()
    if run is None:
        raise NothingFound(f"no run {run_id} of node {node.name}; it may be past its retention")
    of_run = Change.objects.filter(node_id=node.id, at=run.at, run_id=run.id)
    change = of_run.filter(ordinal=ordinal).first()
    if change is None:
        raise NothingFound(f"no change {ordinal} in the run {run_id} of node {node.name}")
    resource = Resource.objects.get(pk=change.resource_id)
    own = of_run.filter(resource_id=resource.id).order_by("ordinal")[:MOST_CHANGES]
    return OpenedRun(
        run=describe_run(run, node),
        resource=ResourceName(resource.id, resource.type, resource.title),
        changes=tuple(describe_change(one, node, resource) for one in own),
    )
