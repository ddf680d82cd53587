"""From a question to the documents: gathered, printed, and the same as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from reports.analysis.incident_question import IncidentQuestion
from reports.errors import BadQuestion
from reports.weekly.paper import Paper
from reports.weekly.scope import Scope
from reports.weekly.week import IsoWeek

Tell = Callable[[int, str], None]  # how far it is, per cent, and what is being done


@dataclass(frozen=True, slots=True)
class Documents:
    """All there is of one brief. `headline`: the counters in a line; `lines`: those of the first page."""

    pdf: bytes
    json: bytes
    csv: bytes  # a zip
    pages: int
    headline: str
    lines: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Review:
    """What makes an incident brief besides its question. `zone` is the reviewer's."""

    notes: str
    zone: str
    reviewer: str


class Press(Protocol):
    """What makes the documents: the real one below, or a quick one in tests. Raises BadQuestion and NothingFound."""

    def weekly(self, scope: Scope, week: IsoWeek, paper: Paper, now: datetime, tell: Tell) -> Documents:
        """Of a week."""

    def incident(
        self, question: IncidentQuestion, review: Review, paper: Paper, now: datetime, tell: Tell
    ) -> Documents:
        """Of a window."""


class RealPress:
    """Gathers with whatever eyes look at the moment."""

    def weekly(self, scope: Scope, week: IsoWeek, paper: Paper, now: datetime, tell: Tell) -> Documents:
        raise BadQuestion("not there yet")

    def incident(
        self, question: IncidentQuestion, review: Review, paper: Paper, now: datetime, tell: Tell
    ) -> Documents:
        raise BadQuestion("not there yet")


PRESS: Final = RealPress()
