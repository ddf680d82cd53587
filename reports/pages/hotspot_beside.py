"""What stands beside the ranking of hotspots: what is new follows all that is asked, the rest the environment alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.heatmap import count_hours_of_week
from reports.analysis.new_hotspots import NewHotspot, list_new_nodes, list_new_resources
from reports.analysis.ranking import By
from reports.analysis.repeaters import list_repeaters
from reports.pages.heatmap import Heatmap, draw_week
from reports.pages.hotspot_question import Question
from reports.pages.hotspot_rows import EventRow, NewRow, RepeaterRow


@dataclass(frozen=True, slots=True)
class Beside:
    """What is new in the ranking, what repeats, what hit many nodes at once, and at which hours of the week.

    `is_whole` is False where a query is asked; the last three are then left out, as they would tell of more than that:
    of single nodes no hours are kept, and an event is of all nodes that it hit. `week` is None, too, where nothing was
    corrected.
    """

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


NOTHING: Final = Beside()


def list_beside(question: Question, now: datetime) -> Beside:
    """Four questions, or one beside a query. Repeaters are those of the whole fleet."""
    new = tuple(map(NewRow.of, _list_new(question, now)))
    if question.wanted.q:
        return Beside(new)
    environment = question.wanted.environment
    return Beside(
        new=new,
        repeaters=tuple(map(RepeaterRow.of, list_repeaters(now))),
        events=tuple(map(EventRow.of, list_fleet_events(question.span, environment=environment))),
        week=draw_week(count_hours_of_week(question.span, environment=environment)),
        is_whole=True,
    )


def _list_new(question: Question, now: datetime) -> tuple[NewHotspot, ...]:
    """Of what is ranked; for environments their nodes. Beside a window of the past this week is out of place."""
    wanted = question.wanted
    if not question.span.is_current:
        return ()
    list_new = list_new_resources if question.by is By.RESOURCE else list_new_nodes
    return list_new(now, environment=wanted.environment, meant=wanted.meant)
