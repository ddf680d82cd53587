"""The brief of an incident window: what its page shows, all of its changes up to a bound, and the reviewer's notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from reports.analysis.incident import IncidentWindow, find_incident
from reports.analysis.incident_question import IncidentQuestion
from reports.analysis.words import OUTCOMES
from reports.errors import BadQuestion
from reports.people.sight import is_seeing_a_part
from reports.weekly.about import OF_A_PART
from reports.weekly.beside import tell_event, tell_messages
from reports.weekly.brief import Counter
from reports.weekly.definitions import OF_INCIDENTS
from reports.weekly.incident_brief import MOST_CHANGES, MOST_NOTES, IncidentAbout, IncidentBrief
from reports.weekly.incident_lines import tell_changes, tell_facts, tell_moments, tell_slices, tell_versions
from reports.weekly.looking_at import Tell, tell_nobody
from reports.weekly.parts import Some


def gather_incident_brief(
    question: IncidentQuestion,
    notes: str,
    now: datetime,
    *,
    zone: str = "UTC",
    reviewer: str = "",
    tell_progress: Tell = tell_nobody,
) -> IncidentBrief:
    """What `find_incident` costs, once, with a longer page of changes. Raises BadQuestion.

    `zone` is the IANA zone that it is told in, `reviewer` the login name of who wrote the notes.
    """
    if len(notes) > MOST_NOTES:
        raise BadQuestion(f"notes: {MOST_NOTES:,} characters at most")
    tell_progress(0, "reading the window")
    is_part = is_seeing_a_part()
    now = now.astimezone(UTC)
    found = find_incident(replace(question, is_newest_first=False), now, limit=MOST_CHANGES)
    tell_progress(100, "telling what happened")
    return IncidentBrief(
        about=_about(found, zone, reviewer, is_part=is_part),
        notes=notes.replace("\r\n", "\n"),
        counters=_counters(found),
        slices=tell_slices(found.runs),
        versions=tell_versions(found.versions),
        moments=tell_moments(found.nodes),
        events=Some(tuple(map(tell_event, found.events)), len(found.events)),
        failures=tell_messages(found.failures),
        facts=tell_facts(found.inventory),
        changes=tell_changes(found.changes),
        definitions=OF_INCIDENTS,
    )


def _about(found: IncidentWindow, zone: str, reviewer: str, *, is_part: bool) -> IncidentAbout:
    question = found.question
    return IncidentAbout(
        title=_title(question, zone),
        since=question.since.astimezone(UTC),
        until=question.until.astimezone(UTC),
        zone=zone,
        nodes=question.nodes,
        query=question.q,
        only=tuple(sorted(one.value for one in question.only)),
        filters=tuple(_tell_filters(question, is_part=is_part)),
        matching=found.nodes.matching,
        told_at=found.told_at,
        cut_off=found.nodes.cut_off,
        is_part=is_part,
        reviewer=reviewer,
        unknown=tuple(_tell_unknown(found)),
        version=settings.FLEETVIEW_VERSION,
    )


def _title(question: IncidentQuestion, zone: str) -> str:
    there = ZoneInfo(zone)
    first, last = question.since.astimezone(there), (question.until - timedelta.resolution).astimezone(there)
    days = f"{first:%-d %B %Y}" if first.date() == last.date() else f"{first:%-d %B} to {last:%-d %B %Y}"
    return f"Incident of {days}"


def _tell_filters(question: IncidentQuestion, *, is_part: bool) -> Iterator[str]:
    if question.nodes:
        yield f"nodes: {', '.join(question.nodes)}"
    if question.q:
        yield f"query: {question.q}"
    if question.only:
        yield f"changes: {', '.join(sorted(one.value for one in question.only))} alone"
    if is_part:
        yield OF_A_PART


def _tell_unknown(found: IncidentWindow) -> Iterator[str]:
    question, now = found.question, found.told_at
    if question.until > now:
        yield "The window is not over: it is told up to the cut-off."
    if question.since < now - timedelta(days=settings.FLEETVIEW_RETENTION_DAYS):
        yield "Runs and changes of the window are no longer all kept."
    if found.changes.lines > len(found.changes.page.rows):
        yield f"Of {found.changes.lines:,} lines of changes the first {len(found.changes.page.rows):,} are told."
    if question.nodes or question.q:
        yield "Fleet events are of the whole fleet, whatever nodes are meant."
    if question.query:
        yield "The nodes are those that the query finds now, whatever it would have found then."


def _counters(found: IncidentWindow) -> tuple[Counter, ...]:
    runs = found.runs
    told = [
        ("runs", "runs", runs.runs),
        *((outcome.name.lower(), OUTCOMES[outcome].label, number) for outcome, number in runs.outcomes),
        ("nodes", "nodes that ran", runs.nodes),
        ("failed_nodes", "nodes on which a run failed", runs.failed_nodes),
        ("corrected_nodes", "nodes corrected", runs.corrected_nodes),
        ("changed_nodes", "nodes changed", runs.changed_nodes),
    ]
    return tuple(Counter(name, label, number, None) for name, label, number in told)
