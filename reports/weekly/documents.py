"""From a question to the documents: gathered, printed, and the same as JSON and as CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from reports.analysis.incident_question import IncidentQuestion
from reports.weekly.as_csv import write_csv
from reports.weekly.as_json import write_json
from reports.weekly.brief import WeeklyBrief
from reports.weekly.compile import print_incident_brief, print_weekly_brief
from reports.weekly.gather import gather_weekly_brief
from reports.weekly.incident_brief import IncidentBrief
from reports.weekly.incident_gather import gather_incident_brief
from reports.weekly.looking_at import Tell
from reports.weekly.paper import Paper
from reports.weekly.scope import Scope
from reports.weekly.week import IsoWeek

_GATHERED: Final = 60  # per cent of the whole that gathering takes; the rest is printing
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


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
        """Of a week."""
        brief = gather_weekly_brief(scope, week, now, tell_progress=_part_of(tell))
        tell(_GATHERED, "printing")
        pdf = print_weekly_brief(brief, paper)
        lines = tuple(line.text for line in brief.lines)
        return _documents(brief, pdf, tell, headline=brief.subject, lines=lines)

    def incident(
        self, question: IncidentQuestion, review: Review, paper: Paper, now: datetime, tell: Tell
    ) -> Documents:
        """Of a window."""
        told = {"zone": review.zone, "reviewer": review.reviewer}
        brief = gather_incident_brief(question, review.notes, now, **told, tell_progress=_part_of(tell))
        tell(_GATHERED, "printing")
        pdf = print_incident_brief(brief, paper)
        return _documents(brief, pdf, tell, headline=", ".join(_counters(brief)), lines=())


PRESS: Final = RealPress()


def _documents(
    brief: WeeklyBrief | IncidentBrief, pdf: bytes, tell: Tell, *, headline: str, lines: tuple[str, ...]
) -> Documents:
    tell(95, "writing the same as CSV and JSON")
    return Documents(
        pdf=pdf,
        json=write_json(brief),
        csv=write_csv(brief),
        pages=count_pages(pdf),
        headline=headline,
        lines=lines,
        version=brief.about.version,
    )


def count_pages(pdf: bytes) -> int:
    """By the pages that the PDF declares: the typesetter does not tell."""
    return len(_PAGE.findall(pdf))


def _counters(brief: IncidentBrief) -> Iterator[str]:
    return (f"{counter.number:,} {counter.label}" for counter in brief.counters if counter.number)


def _part_of(tell: Tell) -> Callable[[int, str], None]:
    """Gathering tells from 0 to 100; it is the first part of the whole."""
    return lambda per_cent, doing: tell(per_cent * _GATHERED // 100, doing)
