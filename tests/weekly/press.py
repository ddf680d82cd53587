"""A press that prints at once, for tests of what happens around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from reports.analysis.incident_question import IncidentQuestion
from reports.rollups.tables import NodeState
from reports.weekly.documents import Documents, Review
from reports.weekly.looking_at import Tell
from reports.weekly.paper import Paper
from reports.weekly.scope import Scope
from reports.weekly.week import IsoWeek

PRINTED = Documents(
    pdf=b"%PDF-1.7 made in a test",
    json=b'{"made": "in a test"}',
    csv=b"PK\x05\x06" + bytes(18),
    pages=7,
    headline="1,204 corrections (+12 %), 3 failed nodes, 2 new hotspots",
    lines=(
        "It went worse than the week before.",
        "<b>web-1</b>\r\nBcc: everybody@example.net is new.",
        "Decide on db-1.",
    ),
    version="0.1.0",
)


@dataclass(slots=True)
class QuickPress:
    """Remembers what was asked, and which nodes were to be seen then; raises `problem` where there is one."""

    asked: list[tuple[object, ...]] = field(default_factory=list)
    nodes: list[list[str]] = field(default_factory=list)
    problem: Exception | None = None
    printed: Documents = PRINTED

    def weekly(self, scope: Scope, week: IsoWeek, paper: Paper, now: datetime, tell: Tell) -> Documents:
        """Of a week."""
        return self._print(tell, scope, str(week), paper, now)

    def incident(
        self, question: IncidentQuestion, review: Review, paper: Paper, now: datetime, tell: Tell
    ) -> Documents:
        """Of a window."""
        return self._print(tell, question, review, paper, now)

    def _print(self, tell: Tell, *asked: object) -> Documents:
        self.asked.append(asked)
        self.nodes.append(sorted(NodeState.objects.values_list("name", flat=True)))
        tell(40, "counting what was put right")
        if self.problem:
            raise self.problem
        return self.printed
