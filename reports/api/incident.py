"""`/api/v1/incident/`: all that happened in a span of time."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from reports.analysis.incident import IncidentWindow, find_incident
from reports.analysis.incident_question import IncidentQuestion, Only
from reports.api.endpoint import Asked, endpoint
from reports.api.incident_shapes import IncidentSerializer
from reports.api.parameters import PAGING, WINDOW, Parameter, word, words
from reports.search.language import parse
from reports.search.subjects import NODES

USUAL_HOURS = 4
Q = Parameter("q", "A query about nodes, such as env:production.")
NAMES = Parameter(
    "nodes", "Names of nodes, whole, one a line.", read=lambda text: tuple(filter(None, text.splitlines())), default=()
)
ONLY = words("only", Only, "What the changes are narrowed to: one or several, with commas between.")
ORDER = word("order", ("oldest", "newest"), "Which changes come first.", default="oldest")


@endpoint("incident_retrieve", IncidentSerializer, known=(*WINDOW, Q, NAMES, ONLY, ORDER, *PAGING))
def incident(asked: Asked) -> IncidentWindow:
    """A window of 14 days at most; without `until` up to now, without `since` four hours."""
    now = timezone.now()
    until = asked["until"] or now
    question = IncidentQuestion(
        since=asked["since"] or until - timedelta(hours=USUAL_HOURS),
        until=until,
        nodes=asked["nodes"],
        q=asked["q"] or "",
        query=parse(asked["q"], NODES) if asked["q"] else None,
        only=asked["only"],
        is_newest_first=asked["order"] == "newest",
    )
    return find_incident(question, now, cursor=asked["cursor"], limit=asked["limit"])
