"""What patterns are recognised from: the changes of one resource on one node, and what is said of them. Pure shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reports.run import Cause, Pattern, Status


class Act(NamedTuple):
    """One change of the resource that was made or failed. `at` is the run's, in seconds since 1970 began (UTC)."""

    at: float
    cause: Cause
    status: Status
    property: str | None
    old: str | None
    new: str | None
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """A pattern, and its evidence in one sentence of plain text without a full stop."""

    pattern: Pattern
    evidence: str
