"""Which code versions moved in a window?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from reports.analysis.hotspots import fetch
from reports.analysis.incident_question import Span
from reports.sql import load

LIST_INCIDENT_VERSIONS = load(__file__, "list_incident_versions")
SHOWN: Final = 50
BEFORE: Final = timedelta(days=14)  # how far before the window the version that a node had is looked for


@dataclass(frozen=True, slots=True)
class MovedVersion:
    """A code version that came to nodes of one environment and tool.

    `before` is what the first of them had, `nodes` how many ran it by the end of the window. New: none of the first 50
    nodes that ran it had it before.
    """

    environment: str | None
    tool: str
    before: str | None
    version: str
    first_at: datetime
    nodes: int
    is_new: bool
    site: str
    node: str
    is_clock_wrong: bool


@dataclass(frozen=True, slots=True)
class MovedVersions:
    """How many, and the first of them in time."""

    count: int = 0
    first: tuple[MovedVersion, ...] = ()


def list_incident_versions(span: Span) -> MovedVersions:
    """One statement, that reads the runs of the window."""
    rows = fetch(LIST_INCIDENT_VERSIONS, {**span.asked, "back_since": span.since - BEFORE, "limit": SHOWN})
    return MovedVersions(rows[0][0] if rows else 0, tuple(MovedVersion(*row[1:]) for row in rows))
