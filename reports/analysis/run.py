"""What happened in one run, and what was different in the run before it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.analysis.changes import ChangeLine, describe_change
from reports.analysis.run_difference import RunDifference, find_difference
from reports.analysis.run_neighbours import Neighbours, find_neighbours
from reports.analysis.run_resources import RunResources, compare_resources
from reports.analysis.runs import RunLine, describe_run, of_nodes
from reports.errors import NothingFound
from reports.run import Cause, LogLevel, LogLine, Outcome, Status
from reports.store.tables import Change, Node, Resource, Run, RunDetail


@dataclass(frozen=True, slots=True)
class WantedChanges:
    """Which changes of a run: `limit` of them, from the place `from_ordinal` in it on; empty and None mean any.

    A cause is that of a change that was made: with `causes`, what failed or is still to come is left out.
    """

    causes: frozenset[Cause] = frozenset()
    statuses: frozenset[Status] = frozenset()
    from_ordinal: int = 0
    limit: int | None = None


ALL_CHANGES = WantedChanges()


@dataclass(frozen=True, slots=True)
class RunStory:
    """One run with all it has to tell.

    `changes` may stop early; `next_ordinal` is where to go on then. `previous_id` and `next_id` are the same tool's
    neighbouring runs on the same node.
    """

    run: RunLine
    message: str | None
    tool_version: str | None
    logs: tuple[LogLine, ...]
    timings: tuple[tuple[str, float], ...]
    changes: tuple[ChangeLine, ...]
    next_ordinal: int | None
    previous_id: UUID | None
    next_id: UUID | None


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run beside the one before it.

    `first_failed` is the first change that failed, wherever those that are wanted begin; None where the run itself has
    a message, which says more.
    """

    story: RunStory
    resources: RunResources
    difference: RunDifference | None
    first_failed: ChangeLine | None


def find_run(
    run_id: UUID, *, node: str | None = None, site: str | None = None, wanted: WantedChanges = ALL_CHANGES
) -> RunStory:
    """The run of this id. Raises NothingFound.

    A run's identity is its id together with its node: where two nodes told of the same id, `node` and `site` say whose
    is meant, else it is the newest. One probe of the index on `id` in each partition, then look-ups by key.
    """
    row, of_node = find_row(run_id, node=node, site=site)
    return _tell(row, of_node, wanted, find_neighbours(row))


def compare_run(
    run_id: UUID,
    *,
    node: str | None = None,
    site: str | None = None,
    wanted: WantedChanges = ALL_CHANGES,
    names_unchanged: bool = False,
) -> ComparedRun:
    """The same, beside the run before it. Costs the rows of these two runs, in ten queries at most."""
    row, of_node = find_row(run_id, node=node, site=site)
    neighbours = find_neighbours(row)
    story = _tell(row, of_node, wanted, neighbours)
    return ComparedRun(
        story=story,
        resources=compare_resources(row, neighbours.before, names_unchanged=names_unchanged),
        difference=find_difference(row, of_node, neighbours),
        first_failed=None if story.message or row.outcome != Outcome.FAILED else _find_first_failed(row, of_node),
    )


def find_row(run_id: UUID, *, node: str | None, site: str | None) -> tuple[Run, Node]:
    """The run and its node, in two queries. Raises NothingFound."""
    runs = Run.objects.filter(id=run_id).order_by("-at")
    if node:
        named = Node.objects.filter(name=node, **({"site": site} if site else {})).in_bulk()
        if row := runs.filter(node_id__in=list(named)).first():
            return row, named[row.node_id]
    elif row := runs.filter(of_nodes(site=site, node=None)).first():
        return row, Node.objects.get(pk=row.node_id)
    raise NothingFound(f"no run {run_id}" + (f" of node {node}" if node else "") + "; it may be past its retention")


def _tell(row: Run, node: Node, wanted: WantedChanges, neighbours: Neighbours) -> RunStory:
    detail = RunDetail.objects.filter(node_id=row.node_id, at=row.at, run_id=row.id).first()
    changes, next_ordinal = _list_changes(row, node, wanted)
    return RunStory(
        run=describe_run(row, node),
        message=detail.message if detail else None,
        tool_version=detail.tool_version if detail else None,
        logs=tuple(_read_log(*line) for line in detail.logs) if detail else (),
        timings=tuple((what, seconds) for what, seconds in detail.timings) if detail else (),
        changes=changes,
        next_ordinal=next_ordinal,
        previous_id=neighbours.previous_id,
        next_id=neighbours.next_id,
    )


def _list_changes(row: Run, node: Node, wanted: WantedChanges) -> tuple[tuple[ChangeLine, ...], int | None]:
    """The wanted changes of one run in the run's own order, and the place of the first one left out."""
    found = Change.objects.filter(node_id=row.node_id, at=row.at, run_id=row.id, ordinal__gte=wanted.from_ordinal)
    if wanted.causes:
        found = found.filter(cause__in=sorted(wanted.causes), status=Status.SUCCESS)
    if wanted.statuses:
        found = found.filter(status__in=sorted(wanted.statuses))
    found = found.order_by("ordinal")
    changes = list(found if wanted.limit is None else found[: wanted.limit + 1])
    shown = changes[: wanted.limit]
    resources = Resource.objects.in_bulk({change.resource_id for change in shown})
    lines = tuple(describe_change(change, node, resources[change.resource_id]) for change in shown)
    return lines, changes[len(shown)].ordinal if len(changes) > len(shown) else None


def _find_first_failed(row: Run, node: Node) -> ChangeLine | None:
    failed = Change.objects.filter(node_id=row.node_id, at=row.at, run_id=row.id, status=Status.FAILED)
    change = failed.order_by("ordinal").first()
    return describe_change(change, node, Resource.objects.get(pk=change.resource_id)) if change else None


def _read_log(level: int, source: str, message: str, at: str | None) -> LogLine:
    return LogLine(LogLevel(level), source, message, datetime.fromisoformat(at) if at else None)
