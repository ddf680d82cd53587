"""What patterns are recognised from: the changes of one resource on one node, and what is said of them. Pure shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reports.run import Cause, Pattern, Status


class Act(NamedTuple):
    """One change of the resource that was made or failed. `at` is the run's, in seconds since 1970 began (UTC).

    `key` is the tool's own identity of what declared it, where type and title are not all of it.
    """

    at: float
    cause: Cause
    status: Status
    property: str | None
    old: str | None
    new: str | None
    is_sensitive: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A pattern, and its evidence in one sentence of plain text without a full stop."""

    pattern: Pattern
    evidence: str
