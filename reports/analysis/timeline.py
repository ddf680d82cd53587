"""What kept changing on one node, resource by resource and run by run?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from reports.analysis.timeline_columns import TimelineColumn, TimelineRun, lay_columns
from reports.run import Cause, Outcome, Pattern, Status
from reports.sql import load
from reports.store.tables import Run

FIND_CELLS = load(__file__, "find_timeline_cells")
MOST_RUNS = 5_000  # of a window; a node that reports every second shows the end of it
MOST_CHANGES = 10_000
MOST_COLUMNS = 62  # two a day for a month whose ends cut a day in two


@dataclass(frozen=True, slots=True)
class TimelineCell:
    """What one resource did in one column: the change that weighs most, of so many."""

    changes: int
    status: Status
    cause: Cause
    at: datetime
    run_id: UUID
    ordinal: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One resource; counts are of the window. A cell for each column, None where the resource did nothing."""

    resource_id: int
    resource: str  # Type[title]
    corrections: int
    failures: int
    changes: int
    pattern: Pattern | None
    evidence: str | None
    cells: tuple[TimelineCell | None, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A window of one node. `rows` come worst first, out of so many `resources`.

    `quiet_after` are unchanged runs after the last column. `is_cut`: there were more runs than are read, and what is
    told begins at `since`. `marked_since` is None unless there were more changes than are read.
    """

    since: datetime
    until: datetime
    columns: tuple[TimelineColumn, ...]
    is_sliced: bool
    quiet_after: int
    rows: tuple[TimelineRow, ...]
    resources: int
    is_cut: bool
    marked_since: datetime | None


def find_timeline(
    node_id: int, *, since: datetime, until: datetime, most_rows: int = 40, most_changes: int = MOST_CHANGES
) -> Timeline:
    """Two questions by the node's own key: its runs in the window, then its changes there, both bounded."""
    runs = _list_runs(node_id, since=since, until=until)
    laid = lay_columns(runs, most=MOST_COLUMNS)
    rows = _find_cells(node_id, laid.columns, most_rows=most_rows, most_read=most_changes) if laid.columns else []
    is_cut = len(runs) == MOST_RUNS
    return Timeline(
        since=runs[0].at if is_cut else since,
        until=until,
        columns=laid.columns,
        is_sliced=laid.slice is not None,
        quiet_after=laid.quiet_after,
        rows=tuple(_row(list(cells), len(laid.columns)) for _, cells in groupby(rows, key=lambda row: row[2])),
        resources=rows[0][0] if rows else 0,
        is_cut=is_cut,
        marked_since=rows[0][1] if rows else None,
    )


def _list_runs(node_id: int, *, since: datetime, until: datetime) -> list[TimelineRun]:
    """The newest runs of the window, oldest first."""
    rows = Run.objects.filter(node_id=node_id, at__gte=since, at__lt=until).order_by("-at", "-id")
    columns = rows.values_list("at", "id", "tool", "outcome", "noop", "claimed_at")[:MOST_RUNS]
    return [
        TimelineRun(at, id_, tool, None if outcome is None else Outcome(outcome), noop, claimed_at is not None)
        for at, id_, tool, outcome, noop, claimed_at in columns
    ][::-1]


def _find_cells(
    node_id: int, columns: Sequence[TimelineColumn], *, most_rows: int, most_read: int
) -> list[tuple[Any, ...]]:
    asked: dict[str, Any] = {
        "node_id": node_id,
        "starts": [column.starts_at for column in columns],
        "ends": [column.ends_at for column in columns],
        "most_read": most_read,
        "most_rows": most_rows,
    }
    with connection.cursor() as database:
        database.execute(FIND_CELLS, asked)
        found: list[tuple[Any, ...]] = database.fetchall()
        return found


def _row(found: Sequence[tuple[Any, ...]], columns: int) -> TimelineRow:
    """One resource, from its cells as the statement gives them."""
    _, _, resource_id, kind, title, corrections, failures, changes, pattern, evidence, *_ = found[0]
    cells: list[TimelineCell | None] = [None] * columns
    for *_, place, count, status, cause, at, run_id, ordinal in found:
        cells[place] = TimelineCell(count, Status(status), Cause(cause), at, run_id, ordinal)
    return TimelineRow(
        resource_id=resource_id,
        resource=f"{kind}[{title}]",
        corrections=corrections,
        failures=failures,
        changes=changes,
        pattern=None if pattern is None else Pattern(pattern),
        evidence=evidence,
        cells=tuple(cells),
    )
