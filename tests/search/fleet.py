"""Rows to search among, and the names that a query finds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reports.analysis.changes import ChangeFilter, list_changes
from reports.analysis.nodes import NodeFilter, list_nodes
from reports.analysis.runs import RunFilter, list_runs
from reports.rollups.tables import NodeResource
from reports.run import Cause, CauseSource, Status
from reports.search.language import parse
from reports.search.on_resources import condition_on_resources
from reports.search.subjects import CHANGES, NODES, RESOURCES, RUNS
from reports.store.ids import resource_id
from reports.store.partitions import ensure_partitions
from reports.store.tables import Change, Resource, Run
from reports.store.weeks import week_of
from tests.analysis.conftest import NOW


def nodes(text: str) -> set[str]:
    """The names of the nodes that a query means."""
    return {node.name for node in list_nodes(NodeFilter(q=parse(text, NODES)), NOW).rows}


def runs(text: str) -> set[str]:
    """The names of the nodes of the runs that it means, one run each."""
    found = [run.node for run in list_runs(RunFilter(q=parse(text, RUNS)), NOW).rows]
    assert len(found) == len(set(found))
    return set(found)


def changes(text: str) -> set[str]:
    """The resources of the changes that it means."""
    return {change.resource for change in list_changes(ChangeFilter(q=parse(text, CHANGES)), NOW).rows}


def resources(text: str) -> set[str]:
    """The resources that it means."""
    found = Resource.objects.filter(condition_on_resources(parse(text, RESOURCES), NOW))
    return {f"{resource.type}[{resource.title}]" for resource in found}


def make_resource(kind: str, title: str) -> int:
    """A resource; gives its id."""
    key = resource_id(kind, title)
    Resource.objects.get_or_create(id=key, defaults={"type": kind, "title": title})
    return key


def make_habit(node: int, resource: int, **more: Any) -> None:  # noqa: ANN401 - any column
    """A resource that changed on a node, in its whole life."""
    plain: dict[str, Any] = {"changes": 1, "corrections": 0, "failures": 0}
    moments = {"first_change_at": NOW - timedelta(days=3), "last_change_at": NOW - timedelta(days=1)}
    NodeResource.objects.create(node_id=node, resource_id=resource, **{**plain, **moments, **more})


def make_change(run: Run, resource: int, **more: Any) -> None:  # noqa: ANN401 - any column
    """A successful change in a run, of unknown cause."""
    ensure_partitions([week_of(run.at)])
    plain: dict[str, Any] = {
        "run_id": run.id,
        "ordinal": 0,
        "status": Status.SUCCESS,
        "cause": Cause.UNKNOWN,
        "cause_source": CauseSource.INFERRED,
        "is_sensitive": False,
        "tool": run.tool,
        "environment": run.environment,
        "reason": "",
    }
    Change.objects.create(node_id=run.node_id, at=run.at, resource_id=resource, **{**plain, **more})
