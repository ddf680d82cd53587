"""Which facts and packages changed in a window?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import Span
from reports.sql import load

LIST_INCIDENT_INVENTORY = load(__file__, "list_incident_inventory")
SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class MovedFact:
    """The same fact or package changed alike on so many nodes; of them the first, and when. None: was not there, or is
    gone. Values are cut at 400 characters."""

    is_package: bool
    name: str
    old: str | None
    new: str | None
    nodes: int
    first_at: datetime
    site: str
    node: str
    is_clock_wrong: bool


@dataclass(frozen=True, slots=True)
class MovedFacts:
    """How many, and the most widespread of them."""

    count: int = 0
    first: tuple[MovedFact, ...] = ()


def list_incident_inventory(span: Span) -> MovedFacts:
    """One statement, by the index on when inventories changed."""
    rows = fetch(LIST_INCIDENT_INVENTORY, {**span.asked, "limit": SHOWN})
    return MovedFacts(rows[0][0] if rows else 0, tuple(MovedFact(*row[1:]) for row in rows))
