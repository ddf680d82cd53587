"""What was the last thing that a resource did on each of these nodes?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from reports.run import Cause, CauseSource, Status


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


def read_last_change(node_id: int, row: Sequence[Any]) -> LastChange | None:
    """From the columns of describe_nodes_of_resource.sql; None where the change is past its retention."""
    at, run_id, ordinal, status, cause, cause_source, *texts = row
    if at is None:
        return None
    source = None if cause_source is None else CauseSource(cause_source)
    return LastChange(node_id, at, run_id, ordinal, Status(status), Cause(cause), source, *texts)
