"""What stands beside the ranking of hotspots: what is new follows all that is asked, the rest the environment alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.analysis.choices import ASK_CHOICES, Choices
from reports.analysis.fleet_events import ask_fleet_events
from reports.analysis.heatmap import count_hours_of_week
from reports.analysis.new_hotspots import NewHotspot, ask_new_nodes, ask_new_resources
from reports.analysis.ranking import By
from reports.analysis.repeaters import ask_repeaters
from reports.analysis.together import Asked, answer_together
from reports.pages.heatmap import Heatmap, draw_week
from reports.pages.hotspot_question import Question
from reports.pages.hotspot_rows import EventRow, NewRow, RepeaterRow

MOST_NEW: Final = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """What the ranking can be filtered by, what is new in it, what repeats, what hit many nodes at once, and at which
    hours of the week.

    `is_whole` is False where a query is asked; the last three are then left out, as they would tell of more than that:
    of single nodes no hours are kept, and an event is of all nodes that it hit. `week` is None, too, where nothing was
    corrected.
    """

    choices: Choices
    new: tuple[NewRow, ...] = ()
    repeaters: tuple[RepeaterRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    week: Heatmap | None = None
    is_whole: bool = False

    @property
    def node_ids(self) -> set[int]:
        return {row.node_id for row in self.new if row.node_id is not None}

    @property
    def resource_ids(self) -> set[int]:
        new = {row.resource_id for row in self.new if row.resource_id is not None}
        repeating = {row.repeater.resource_id for row in self.repeaters}
        return new | repeating | {row.event.resource_id for row in self.events}


def list_beside(question: Question, now: datetime, *, sees_a_part: bool) -> Beside:
    """Two round trips, or one beside a query. Repeaters are those of the whole fleet.

    Who sees a part has no hours of the week: of the nodes that are seen none are kept.
    """
    if question.wanted.q:
        choices, new = answer_together(ASK_CHOICES, _ask_new(question, now))
        return Beside(choices, tuple(map(NewRow.of, new)))
    environment = question.wanted.environment
    choices, new, repeaters, events = answer_together(
        ASK_CHOICES,
        _ask_new(question, now),
        ask_repeaters(now),
        ask_fleet_events(question.span, environment=environment),
    )
    return Beside(
        choices=choices,
        new=tuple(map(NewRow.of, new)),
        repeaters=tuple(map(RepeaterRow.of, repeaters)),
        events=tuple(map(EventRow.of, events)),
        week=None if sees_a_part else draw_week(count_hours_of_week(question.span, environment=environment)),
        is_whole=True,
    )


def _ask_new(question: Question, now: datetime) -> Asked[tuple[NewHotspot, ...]]:
    """Of what is ranked; for environments their nodes. Beside a window of the past this week is out of place: none."""
    wanted, limit = question.wanted, MOST_NEW if question.span.is_current else 0
    ask_new = ask_new_resources if question.by is By.RESOURCE else ask_new_nodes
    return ask_new(now, environment=wanted.environment, meant=wanted.meant, limit=limit)
