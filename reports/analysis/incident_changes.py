"""What changed or failed in a window, in order; what was the same on many nodes, and what of it is new?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from reports.analysis.changes import ChangeLine
from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import LOOK_BACK, IncidentQuestion, Only, Span
from reports.analysis.paging import Keyset, Slice, lay_slice, read_cursor
from reports.run import Cause, CauseSource, Status
from reports.sql import load

LIST_INCIDENT_CHANGES = load(__file__, "list_incident_changes")
_BY_TIME: Final = (("first_at", datetime.fromisoformat), ("fold", int))
_CAUSES: Final = {Only.CORRECTIONS: Cause.CORRECTIVE, Only.INTENDED: Cause.INTENDED}


@dataclass(frozen=True, slots=True)
class FoldedChange:
    """The same change on so many nodes, so many times; `change` is the first of them, `code_version` that of its run.

    New, against 30 days before the window: a resource that did nothing on any node; one that did nothing on this node,
    where it is but one; an error that its resource did not tell.
    """

    fold: int
    nodes: int
    times: int
    first_at: datetime
    last_at: datetime
    is_new_resource: bool
    is_new_on_node: bool
    is_new_error: bool
    code_version: str | None
    change: ChangeLine

    @property
    def is_new(self) -> bool:
        return self.is_new_resource or self.is_new_on_node or self.is_new_error


@dataclass(frozen=True, slots=True)
class IncidentChanges:
    """One page of the changes, and how many lines all that the filters leave come to, whether new or not."""

    page: Slice[FoldedChange]
    lines: int


def list_incident_changes(question: IncidentQuestion, span: Span, *, cursor: str | None, limit: int) -> IncidentChanges:
    """One statement, that reads and folds all changes of the window whatever the page. Raises BadQuestion."""
    order = Keyset(_BY_TIME, is_descending=question.is_newest_first)
    is_backward, key = read_cursor(cursor, order) if cursor else (False, (None, None))
    asked = {
        **span.asked,
        **narrowed(question.only),
        "back_since": span.since - LOOK_BACK,
        "is_new": Only.NEW in question.only,
        "sign": -1 if question.is_newest_first != is_backward else 1,
        "after_at": key[0],
        "after_fold": key[1],
        "limit": limit + 1,
    }
    rows = fetch(LIST_INCIDENT_CHANGES, asked)
    found = [_read(row) for row in rows]
    page = lay_slice(found, order, is_backward=is_backward, has_cursor=cursor is not None, limit=limit)
    return IncidentChanges(page, rows[0][_LINES] if rows else 0)


def narrowed(only: frozenset[Only]) -> dict[str, Any]:
    """The statuses and causes that chips leave; without one of these, all but what was skipped."""
    causes = [_CAUSES[one] for one in only & _CAUSES.keys()]
    statuses = [Status.FAILED] if Only.FAILURES in only else []
    if causes:
        statuses.append(Status.SUCCESS)
    return {
        "statuses": statuses or [Status.SUCCESS, Status.FAILED, Status.PENDING],
        "causes": causes or None,
    }


_LINES: Final = 8  # where the count of all lines stands in a row


def _read(row: Sequence[Any]) -> FoldedChange:
    fold, nodes, times, first_at, last_at, *rest = row
    is_new_resource, is_new_on_node, is_new_error, _, code_version, *of_change = rest
    return FoldedChange(
        fold=fold,
        nodes=nodes,
        times=times,
        first_at=first_at,
        last_at=last_at,
        is_new_resource=is_new_resource,
        is_new_on_node=is_new_on_node and not is_new_resource,
        is_new_error=is_new_error,
        code_version=code_version,
        change=_describe(of_change),
    )


def _describe(row: Sequence[Any]) -> ChangeLine:
    resource_id, run_id, node_id, site, node, at, ordinal, tool, environment, kind, title, *rest = row
    what, old, new, diff, status, cause, source, reason, message, defined_at, is_sensitive, is_clock_wrong = rest
    return ChangeLine(
        run_id=run_id,
        node_id=node_id,
        site=site,
        node=node,
        at=at,
        ordinal=ordinal,
        tool=tool,
        environment=environment,
        resource_id=resource_id,
        resource=f"{kind}[{title}]",
        type=kind,
        title=title,
        property=what,
        old=old,
        new=new,
        diff=diff,
        status=Status(status),
        cause=Cause(cause),
        cause_source=None if source is None else CauseSource(source),
        reason=reason,
        message=message,
        defined_at=defined_at,
        is_sensitive=is_sensitive,
        is_clock_wrong=is_clock_wrong,
    )
