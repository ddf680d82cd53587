"""Where do corrections gather? The shapes in which nodes, resources and environments are ranked.

A window that reaches up to now is ranked by heat: an index has that order at any size of the fleet, and what happened
in the window is looked up for the rows shown alone. A window that is past is ranked by its own corrections, and costs
the days on which something was corrected in it. What repeats has no heat, and what fails none either: a pattern that is
asked for is ranked by how often it was seen, corrected or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from reports.analysis.meant import of_those_meant
from reports.analysis.paging import Keyset, Slice, lay_slice, read_cursor
from reports.analysis.window import Window
from reports.run import Pattern
from reports.search.query import Query

MOST_FIRST = Keyset((("times", int), ("id", int)), is_descending=True)


@dataclass(frozen=True, slots=True)
class HotspotFilter:
    """What to rank; None means any. `site` and `tool` are of nodes; a pattern is one that some resource shows.

    `q` is a query about what is ranked, and `meant` what it comes to as a condition on nodes or resources: `narrow` in
    ranking.py sets both, so that what a query has to look up is looked up once for all that goes by it.
    """

    window: Window
    environment: str | None = None
    site: str | None = None
    tool: str | None = None
    pattern: Pattern | None = None
    q: Query | None = None
    meant: Q | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Hottest:
    """What is hottest within a hotspot, and how it behaves there: a node's or environment's resource; or a resource's
    node, and then `site` is its site."""

    name: str
    site: str | None = None
    pattern: Pattern | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A node, a resource over all nodes, or an environment, and its corrections within the window.

    `corrections_before` are those of as long a window right before. `runs` are the node's or environment's runs, or for
    a resource those of the whole fleet (or environment asked for); `share_of_runs` is how many of them ended corrected,
    or at most could have corrected the resource. `heat` is told at this moment, whatever the window; an environment has
    none. `nodes`: on how many an environment was corrected; of a resource the most in one day, or in the last hours.
    """

    id: int | None
    name: str
    site: str | None
    corrections: int
    corrections_before: int
    runs: int
    corrected_runs: int | None
    share_of_runs: float
    heat: float | None
    last_correction_at: datetime | None
    nodes: int | None = None
    environment: str | None = None
    risk: float | None = None
    risk_reasons: tuple[str, ...] = ()
    hottest: Hottest | None = None
    is_clock_wrong: bool = False  # of a node

    @property
    def pattern(self) -> Pattern | None:
        """How what is hottest in it behaves."""
        return self.hottest.pattern if self.hottest else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """In words: why it is at risk, and what shows the pattern."""
        hottest = self.hottest
        shown = (f"{hottest.name}: {hottest.evidence}",) if hottest and hottest.evidence else ()
        return tuple(dict.fromkeys((*self.risk_reasons, *shown)))  # the forecast may name the same habit


class Ranked(NamedTuple):
    """Something, and how often it did what it is ranked by."""

    id: int
    times: int


def rank_by_times(
    statement: str, wanted: HotspotFilter, meant: QuerySet[Any, Any] | None, *, cursor: str | None, limit: int
) -> Slice[Ranked]:
    """What this statement counts in the window, most often first; of those whose ids `meant` gives, or of all.

    Raises BadQuestion for a broken cursor.
    """
    is_backward, key = read_cursor(cursor, MOST_FIRST) if cursor else (False, (None, None))
    window = wanted.window
    asked = {
        "since": window.since if wanted.pattern else window.first_day,
        "until": window.until if wanted.pattern else window.end_day,
        "environment": wanted.environment,
        "site": wanted.site,
        "tool": wanted.tool,
        "pattern": wanted.pattern,
        "times": key[0],
        "id": key[1],
        "is_backward": is_backward,
        "limit": limit + 1,
    }
    rows = fetch(*of_those_meant(statement, asked, meant))
    found = sorted((Ranked(*row) for row in rows), key=attrgetter("times", "id"), reverse=not is_backward)
    return lay_slice(found, MOST_FIRST, is_backward=is_backward, has_cursor=cursor is not None, limit=limit)


def span_of(window: Window) -> dict[str, Any]:
    """The window and the one before it as statements ask for them: in days, or to the moment where it is hours."""
    before = window.before()
    if window.is_whole_days:
        return {"before": before.first_day, "since": window.first_day, "until": window.end_day}
    return {"before": before.since, "since": window.since, "until": window.until}


def fetch(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as database:
        database.execute(statement, asked)
        found: list[tuple[Any, ...]] = database.fetchall()
        return found
