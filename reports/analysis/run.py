"""What happened in one run?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.analysis.changes import ChangeLine, describe_changes
from reports.analysis.runs import RunLine, describe_run, of_nodes
from reports.errors import NothingFound
from reports.run import LogLevel, LogLine
from reports.store.tables import Change, Node, Run, RunDetail


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


def find_run(
    run_id: UUID,
    *,
    node: str | None = None,
    site: str | None = None,
    from_ordinal: int = 0,
    max_changes: int | None = None,
) -> RunStory:
    """The run of this id. Raises NothingFound.

    A run's identity is its id together with its node: where two nodes told of the same id, `node` and `site` say whose
    is meant, else it is the newest. One probe of the index on `id` in each partition, then look-ups by key.
    """
    row = Run.objects.filter(of_nodes(site=site, node=node), id=run_id).order_by("-at").first()
    if row is None:
        raise NothingFound(f"no run {run_id}" + (f" of node {node}" if node else "") + "; it may be past its retention")
    detail = RunDetail.objects.filter(node_id=row.node_id, at=row.at, run_id=row.id).first()
    changes, next_ordinal = _list_changes(row, from_ordinal=from_ordinal, limit=max_changes)
    siblings = Run.objects.filter(node_id=row.node_id, tool=row.tool)
    return RunStory(
        run=describe_run(row, Node.objects.get(pk=row.node_id)),
        message=detail.message if detail else None,
        tool_version=detail.tool_version if detail else None,
        logs=tuple(_read_log(*line) for line in detail.logs) if detail else (),
        timings=tuple((what, seconds) for what, seconds in detail.timings) if detail else (),
        changes=changes,
        next_ordinal=next_ordinal,
        previous_id=siblings.filter(at__lt=row.at).order_by("-at").values_list("id", flat=True).first(),
        next_id=siblings.filter(at__gt=row.at).order_by("at").values_list("id", flat=True).first(),
    )


def _list_changes(row: Run, *, from_ordinal: int, limit: int | None) -> tuple[tuple[ChangeLine, ...], int | None]:
    """The changes of one run in the run's own order from `from_ordinal` on, and the place of the first one left out."""
    ordered = Change.objects.filter(node_id=row.node_id, at=row.at, run_id=row.id, ordinal__gte=from_ordinal).order_by(
        "ordinal"
    )
    found = list(ordered if limit is None else ordered[: limit + 1])
    if limit is None or len(found) <= limit:
        return describe_changes(found), None
    return describe_changes(found[:limit]), found[limit].ordinal


def _read_log(level: int, source: str, message: str, at: str | None) -> LogLine:
    return LogLine(LogLevel(level), source, message, datetime.fromisoformat(at) if at else None)
