"""What happened on these nodes in this span of time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.analysis.fleet_events import FleetEventStory, list_fleet_events
from reports.analysis.incident_changes import IncidentChanges, list_incident_changes
from reports.analysis.incident_failures import RunFailures, list_incident_failures
from reports.analysis.incident_inventory import MovedFacts, list_incident_inventory
from reports.analysis.incident_nodes import IncidentNodes, list_incident_nodes
from reports.analysis.incident_question import IncidentQuestion, find_span
from reports.analysis.incident_runs import IncidentRuns, count_incident_runs
from reports.analysis.incident_versions import MovedVersions, list_incident_versions
from reports.analysis.window import Window

EVENTS: Final = 20


@dataclass(frozen=True, slots=True)
class IncidentWindow:
    """Everything that an incident review asks of a span of time, as it was known at `told_at`.

    The question holds the window, the names of nodes and the query as it was written; `nodes.cut_off` is when the
    newest report in the answer came in. Fleet events are of the whole fleet, whatever nodes are meant.
    """

    question: IncidentQuestion
    told_at: datetime
    runs: IncidentRuns
    nodes: IncidentNodes
    changes: IncidentChanges
    failures: RunFailures
    versions: MovedVersions
    inventory: MovedFacts
    events: tuple[FleetEventStory, ...]


def find_incident(
    question: IncidentQuestion, now: datetime, *, cursor: str | None = None, limit: int = 50
) -> IncidentWindow:
    """Eight statements at most. Raises BadQuestion.

    Costs the rows of the window (its runs twice or three times, its changes once), and the states of all nodes; nothing
    before it but by key.
    """
    span = find_span(question, now)
    return IncidentWindow(
        question=question,
        told_at=now,
        runs=count_incident_runs(span),
        nodes=list_incident_nodes(span, now),
        changes=list_incident_changes(question, span, cursor=cursor, limit=limit),
        failures=list_incident_failures(span),
        versions=list_incident_versions(span),
        inventory=list_incident_inventory(span),
        events=list_fleet_events(Window(question.since, question.until, is_current=False), limit=EVENTS),
    )
