"""What changes in nearly every run, because its code is not idempotent?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.analysis.together import MOMENT, Asked, Row, answer
from reports.sql import load

LIST_REPEATERS = load(__file__, "list_repeaters")
MENDED_AFTER = timedelta(days=7)  # without a change: the code has been mended, or is gone


@dataclass(frozen=True, slots=True)
class Repeater:
    """A resource that repeats on so many nodes; `changes` there over all time, and the evidence of one of them."""

    resource_id: int
    resource: str
    nodes: int
    changes: int
    last_change_at: datetime
    evidence: str | None
    site: str | None
    node: str | None


def list_repeaters(now: datetime, *, limit: int = 10) -> tuple[Repeater, ...]:
    """Those on the most nodes first. Reads one index entry for each node and resource that repeats."""
    return answer(ask_repeaters(now, limit=limit))


def ask_repeaters(now: datetime, *, limit: int = 10) -> Asked[tuple[Repeater, ...]]:
    """The same, to be asked together with others."""
    return Asked(LIST_REPEATERS, {"since": now - MENDED_AFTER, "limit": limit}, _repeaters, {5: MOMENT})


def _repeaters(rows: list[Row]) -> tuple[Repeater, ...]:
    return tuple(Repeater(key, f"{kind}[{title}]", *rest) for key, kind, title, *rest in rows)
