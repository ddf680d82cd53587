"""What was the last thing that a resource did on each of these nodes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from reports.run import Cause, CauseSource, Status
from reports.sql import load

FIND_LAST_CHANGES = load(__file__, "find_last_changes")


@dataclass(frozen=True, slots=True)
class LastChange:
    """The first change that the run of `at` made to the resource. Values are cut to what a table has room for."""

    node_id: int
    at: datetime
    run_id: UUID
    ordinal: int
    status: Status
    cause: Cause
    cause_source: CauseSource | None
    property: str | None
    old: str | None
    new: str | None
    has_diff: bool
    is_sensitive: bool
    defined_at: str | None
    reason: str


def find_last_changes(resource_id: int, last_change_at: Mapping[int, datetime]) -> dict[int, LastChange]:
    """By node, of nodes and the moment of the last change as node_resource holds it. One descent by key for each.

    A node whose change is past its retention is absent.
    """
    if not last_change_at:
        return {}
    asked: dict[str, Any] = {
        "resource_id": resource_id,
        "node_ids": list(last_change_at),
        "ats": list(last_change_at.values()),
    }
    with connection.cursor() as database:
        database.execute(FIND_LAST_CHANGES, asked)
        return {row[0]: _last_change(row) for row in database.fetchall()}


def _last_change(row: tuple[Any, ...]) -> LastChange:
    node_id, at, run_id, ordinal, status, cause, cause_source, *texts = row
    source = None if cause_source is None else CauseSource(cause_source)
    return LastChange(node_id, at, run_id, ordinal, Status(status), Cause(cause), source, *texts)
