"""What else a week holds: fleet events, failures, silent nodes, repeaters, mutes, the forecast and the intake."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from reports.analysis.failures import list_failures
from reports.analysis.fleet_events import FleetEventStory, list_fleet_events
from reports.analysis.forecast import find_forecast_quality
from reports.analysis.incident_failures import RunFailures, list_incident_failures
from reports.analysis.incident_question import Span
from reports.analysis.repeaters import list_repeaters
from reports.analysis.silent import list_silent
from reports.analysis.window_nodes import NodeMoves
from reports.analysis.words import STATUSES
from reports.people.notes import NoteLine, find_noted, list_mutes, muted_until
from reports.people.subjects import NamedSubject, name_subjects
from reports.weekly.looking_at import Asked
from reports.weekly.parts import (
    EventLine,
    FailureLine,
    Forecast,
    MessageLine,
    MuteLine,
    Rated,
    RepeaterLine,
    SilentLine,
    Some,
    Word,
)

SHOWN: Final = 20
SILENT_SHOWN: Final = 40
MOST_EVENTS: Final = 500  # that are looked at for the largest
SOON: Final = timedelta(days=7)


def gather_events(asked: Asked) -> Some[EventLine]:
    """Those that began in the week, on the most nodes first."""
    found = list_fleet_events(asked.window, environment=asked.environment, limit=MOST_EVENTS)
    largest = sorted(found, key=lambda event: (-event.nodes, event.started_at))
    return Some(tuple(map(tell_event, largest[:SHOWN])), len(found), is_more=len(found) == MOST_EVENTS)


def tell_event(event: FleetEventStory) -> EventLine:
    """One of them as a line."""
    return EventLine(
        event.resource, event.environment, event.started_at, event.ended_at, event.nodes, event.corrections
    )


def gather_failures(now: datetime) -> Some[FailureLine]:
    """As the overview lists them: as of now."""
    found = list_failures(now, limit=SHOWN)
    lines = (
        FailureLine(
            status=Word(failure.status.value, STATUSES[failure.status].label),
            nodes=failure.nodes,
            newest_at=failure.newest_at,
            node=failure.node,
            site=failure.site,
            resource=failure.resource,
            message=failure.message,
        )
        for failure in found.failures
    )
    return Some(tuple(lines), found.kinds)


def gather_messages(asked: Asked) -> Some[MessageLine]:
    """As an incident window of the week tells them. Reads the failed runs of the week."""
    return tell_messages(list_incident_failures(Span(asked.window.since, asked.window.until)))


def tell_messages(found: RunFailures) -> Some[MessageLine]:
    """Them as lines."""
    lines = (
        MessageLine(one.message, one.runs, one.nodes, one.first_at, one.node, one.site, one.is_new)
        for one in found.first
    )
    return Some(tuple(lines), found.count)


def gather_silent(now: datetime, moves: NodeMoves) -> Some[SilentLine]:
    """The longest silent first, as the overview lists them: as of now."""
    found = list_silent(now, limit=SILENT_SHOWN)
    noted = find_noted(now, nodes=[node.node_id for node in found])
    lines = (
        SilentLine(
            name=node.name,
            site=node.site,
            environment=node.environment,
            last_received_at=node.last_received_at,
            is_muted=muted_until(noted.of(node.node_id)) is not None,
        )
        for node in found
    )
    return Some(tuple(lines), moves.silent)


def gather_repeaters(now: datetime) -> Some[RepeaterLine]:
    """As the page of hotspots lists them: as of now."""
    found = list_repeaters(now, limit=SHOWN + 1)
    lines = (
        RepeaterLine(one.resource, one.nodes, one.changes, one.last_change_at, one.evidence, one.node, one.site)
        for one in found[:SHOWN]
    )
    return Some(tuple(lines), min(len(found), SHOWN), is_more=len(found) > SHOWN)


def gather_mutes(asked: Asked) -> Some[MuteLine]:
    """What was muted at some time of the week: first what still is, by when it ends."""
    found = list_mutes(asked.window.since, asked.window.until)
    named = name_subjects({note.subject for note in found})
    lines = [_mute(note, named[note.subject], asked.now) for note in found]
    lines.sort(key=lambda line: (not line.stands, line.until or line.since, line.about))
    return Some(tuple(lines[:SILENT_SHOWN]), len(lines))


def _mute(note: NoteLine, named: NamedSubject, now: datetime) -> MuteLine:
    stands = note.stands(now)
    return MuteLine(
        about=named.name,
        text=note.text,
        owner=note.owner,
        since=note.created_at,
        until=note.expires_at,
        ended_at=note.ended_at,
        ended_by=note.ended_by,
        stands=stands,
        ends_soon=stands and note.expires_at is not None and note.expires_at <= now + SOON,
    )


def gather_forecast() -> Forecast | None:
    """As the page of hotspots prints it: of the whole fleet. One row by key."""
    quality = find_forecast_quality()
    if quality is None:
        return None
    last = quality.last
    return Forecast(
        since=last.since,
        nodes=last.nodes,
        events=last.events,
        top=last.top,
        hits=last.hits,
        ran_at=quality.ran_at,
        weeks=quality.weeks,
        scores=tuple(Rated(score.name, score.auc, score.precision, score.brier) for score in quality.scores),
        sentence=quality.sentence,
    )
