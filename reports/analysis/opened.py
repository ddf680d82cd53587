"""What did one run of a node do to a resource, and what did that do there over all time?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from reports.analysis.changes import ChangeLine, describe_change
from reports.analysis.nodes import NodeLine
from reports.analysis.resource import ResourceName, find_resource
from reports.errors import NothingFound
from reports.rollups.tables import NodeResource
from reports.run import Outcome, Pattern
from reports.sql import load
from reports.store.tables import Change, Node, Resource

OPEN_CHANGE = load(__file__, "open_change")
MOST_CHANGES: Final = 50  # of one resource in one run
_OF_RUN, _OF_RESOURCE, _OF_PAIR = slice(0, 3), slice(3, 6), slice(6, 11)  # columns of the statement; then the change's:
_OF_CHANGE: Final = (
    *("ordinal", "tool", "environment", "property", "old", "new", "diff", "status", "cause", "cause_source"),
    *("reason", "message", "defined_at", "is_sensitive"),
)


@dataclass(frozen=True, slots=True)
class ResourceOnNode:
    """A resource, and what it did on the node over all time; nothing where the counts do not know it."""

    resource: ResourceName
    pattern: Pattern | None
    evidence: str | None
    corrections: int
    changes: int
    failures: int


@dataclass(frozen=True, slots=True)
class OpenedRun:
    """A run, and all that it did to the resource."""

    id: UUID
    at: datetime
    outcome: Outcome | None
    code_version: str | None
    changes: tuple[ChangeLine, ...]


def find_resource_on_node(node_id: int, resource_id: int) -> ResourceOnNode:
    """One row by key. Raises NothingFound where there is no such resource."""
    named = Resource.objects.filter(pk=OuterRef("resource_id"))
    rows = NodeResource.objects.filter(node_id=node_id, resource_id=resource_id)
    row = rows.annotate(type=Subquery(named.values("type")), title=Subquery(named.values("title"))).first()
    if row is None:
        return _on_node(find_resource(resource_id), (None, None, 0, 0, 0))
    counted = (row.pattern, row.evidence, row.corrections, row.changes, row.failures)
    return _on_node(ResourceName(resource_id, row.type, row.title), counted)


def open_change(line: NodeLine, run_id: UUID, ordinal: int) -> tuple[ResourceOnNode, OpenedRun]:
    """The resource of that change, the run, and all that this did to it: one question. Raises NothingFound."""
    asked: dict[str, Any] = {"node_id": line.node_id, "run_id": str(run_id), "ordinal": ordinal, "most": MOST_CHANGES}
    with connection.cursor() as database:
        database.execute(OPEN_CHANGE, asked)
        rows = database.fetchall()
    if not rows:
        raise NothingFound(f"no run {run_id} of node {line.name}; it may be past its retention")
    first = rows[0]
    at, outcome, code_version = first[_OF_RUN]
    if first[_OF_RESOURCE][0] is None:
        raise NothingFound(f"no change {ordinal} in the run {run_id} of node {line.name}")
    told = (dict(zip(_OF_CHANGE, row[11:], strict=True)) for row in rows)
    changes = [Change(node_id=line.node_id, at=at, run_id=run_id, **columns) for columns in told]
    resource = ResourceName(*first[_OF_RESOURCE])
    return _on_node(resource, first[_OF_PAIR]), OpenedRun(
        id=run_id,
        at=at,
        outcome=None if outcome is None else Outcome(outcome),
        code_version=code_version,
        changes=_describe(changes, line, resource),
    )


def _describe(changes: Sequence[Change], line: NodeLine, resource: ResourceName) -> tuple[ChangeLine, ...]:
    """The node and the resource are known already, so nobody is asked."""
    node = Node(id=line.node_id, site=line.site, name=line.name)
    named = Resource(id=resource.id, type=resource.type, title=resource.title)
    return tuple(describe_change(change, node, named) for change in changes)


def _on_node(resource: ResourceName, counted: Sequence[Any]) -> ResourceOnNode:
    pattern, evidence, *counts = counted
    shown = None if pattern is None else Pattern(pattern)
    return ResourceOnNode(resource, shown, evidence, *(count or 0 for count in counts))
