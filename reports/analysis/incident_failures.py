"""Which runs of a window failed as a whole, and what did they say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import LOOK_BACK, Span
from reports.sql import load

LIST_INCIDENT_FAILURES = load(__file__, "list_incident_failures")
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class RunFailure:
    """So many runs on so many nodes failed with one message, but for its digits; of them the first. New: none of the
    last 300 failed runs before the window said it."""

    message: str
    runs: int
    nodes: int
    first_at: datetime
    run_id: UUID
    site: str
    node: str
    is_new: bool
    is_clock_wrong: bool


@dataclass(frozen=True, slots=True)
class RunFailures:
    """How many messages, and the most widespread of them."""

    count: int = 0
    first: tuple[RunFailure, ...] = ()


def list_incident_failures(span: Span) -> RunFailures:
    """One statement: the failed runs of the window, and 300 before it."""
    rows = fetch(LIST_INCIDENT_FAILURES, {**span.asked, "back_since": span.since - LOOK_BACK, "limit": SHOWN})
    return RunFailures(rows[0][0] if rows else 0, tuple(RunFailure(*row[1:]) for row in rows))
