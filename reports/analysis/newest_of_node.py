"""What did one node do last?"""

from __future__ import annotations

from reports.analysis import changes, runs
from reports.analysis.changes import ChangeLine, describe_change
from reports.analysis.nodes import NodeLine
from reports.analysis.paging import Slice, take_slice
from reports.analysis.runs import RunLine, describe_run
from reports.store.tables import Change, Node, Resource, Run


def list_newest_runs(line: NodeLine, *, cursor: str | None = None, limit: int = 25) -> Slice[RunLine]:
    """Its runs, newest first, along the node's own key."""
    found = take_slice(Run.objects.filter(node_id=line.node_id), runs.NEWEST_FIRST, cursor=cursor, limit=limit)
    node = _node(line)
    return Slice(tuple(describe_run(run, node) for run in found.rows), found.next, found.previous)


def list_newest_changes(line: NodeLine, *, limit: int = 12) -> tuple[ChangeLine, ...]:
    """Its changes, newest first, along the node's own key; one look-up more for the names of their resources."""
    ordering = changes.NEWEST_FIRST.ordering(is_reversed=False)
    found = list(Change.objects.filter(node_id=line.node_id).order_by(*ordering)[:limit])
    resources = Resource.objects.in_bulk({change.resource_id for change in found})
    node = _node(line)
    return tuple(describe_change(change, node, resources[change.resource_id]) for change in found)


def _node(line: NodeLine) -> Node:
    """The node as those who describe its rows want it: known already, so nobody is asked."""
    return Node(id=line.node_id, site=line.site, name=line.name)
