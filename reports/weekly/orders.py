"""Ordering a brief: by a person, who gets what that person sees. What is ordered twice at once is made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction

from reports.analysis.incident_question import IncidentQuestion, Only
from reports.errors import BadQuestion, NothingFound
from reports.people.sight import Sight
from reports.search.language import parse
from reports.search.subjects import NODES
from reports.store.text import clean, clean_name
from reports.weekly.incident_brief import MOST_NOTES
from reports.weekly.paper import Paper
from reports.weekly.scope import FLEET, Scope, ScopeKind, of_query
from reports.weekly.tables import Brief, BriefSchedule
from reports.weekly.week import IsoWeek

MOST_OPEN: Final = 5  # briefs that one person may wait for at a time
OPEN: Final = (Brief.State.WAITING, Brief.State.MAKING)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, by login name, and with whose eyes the brief is gathered. `sight.person` is the login's id."""

    name: str
    sight: Sight


def order_weekly(asker: Asker, scope: Scope, week: IsoWeek, paper: Paper, now: datetime) -> int:
    """The id of the brief that will be made. Raises BadQuestion for a week that has not begun, or too many orders."""
    week.window(now)
    told = {"kind": Brief.Kind.WEEKLY, "week": str(week), **scope_columns(scope)}
    return _order(asker, told, paper, now)


def order_incident(
    asker: Asker, question: IncidentQuestion, notes: str, paper: Paper, *, zone: str, now: datetime
) -> int:
    """The same of an incident window, with what the reviewer wrote. Raises BadQuestion."""
    question.check()
    notes = clean(notes.replace("\r\n", "\n")).strip()
    if len(notes) > MOST_NOTES:
        raise BadQuestion(f"notes: at most {MOST_NOTES:,} characters")
    told = {"kind": Brief.Kind.INCIDENT, **scope_columns(_scope_of(question))}
    return _order(asker, {**told, "incident": _write(question, notes, zone)}, paper, now)


def order_again(key: int) -> Brief:
    """Make a brief that failed once more, as if it was just ordered. Raises NothingFound."""
    brief = Brief.objects.filter(pk=key, state=Brief.State.FAILED).first()
    if brief is None:
        raise NothingFound("there is no brief of that number that failed")
    brief.state, brief.tries, brief.error, brief.per_cent, brief.doing = Brief.State.WAITING, 0, "", 0, ""
    brief.save(update_fields=["state", "tries", "error", "per_cent", "doing"])
    return brief


def scope_columns(scope: Scope) -> dict[str, str]:
    """A scope as rows hold it."""
    value = scope.environment if scope.kind is ScopeKind.ENVIRONMENT else scope.text
    return {"scope_kind": scope.kind.value, "scope_value": value or "", "scope_name": clean_name(scope.name)}


def stored_scope(row: Brief | BriefSchedule) -> Scope:
    """The scope that a row holds, as it was written: its query may mean nothing any more. Untrusted."""
    kind = ScopeKind(row.scope_kind)
    return Scope(
        kind,
        environment=row.scope_value if kind is ScopeKind.ENVIRONMENT else None,
        text=row.scope_value if kind is ScopeKind.QUERY else "",
        name=row.scope_name,
    )


def scope_of(row: Brief | BriefSchedule) -> Scope:
    """The same, read anew. Raises BadQuery where its query means nothing any more."""
    scope = stored_scope(row)
    return of_query(scope.text, name=scope.name) if scope.kind is ScopeKind.QUERY else scope


def question_of(brief: Brief) -> tuple[IncidentQuestion, str, str]:
    """The question of an incident brief, the reviewer's notes and zone. Raises BadQuery."""
    told: Mapping[str, Any] = brief.incident or {}
    question = IncidentQuestion(
        since=datetime.fromisoformat(told["since"]),
        until=datetime.fromisoformat(told["until"]),
        nodes=tuple(told["nodes"]),
        q=told["q"],
        query=parse(told["q"], NODES) if told["q"] else None,
        only=frozenset(map(Only, told["only"])),
        is_newest_first=told["is_newest_first"],
    )
    return question, told["notes"], told["zone"]


def _order(asker: Asker, told: dict[str, Any], paper: Paper, now: datetime) -> int:
    mine = Brief.objects.filter(asked_by_id=asker.sight.person, state__in=OPEN)
    groups = None if asker.sight.sees_all else list(asker.sight.groups)
    with transaction.atomic():
        same = mine.filter(paper=paper.value, sight_groups=groups, **told).first()
        if same is not None:
            return same.pk
        if mine.count() >= MOST_OPEN:
            raise BadQuestion(f"You wait for {MOST_OPEN} briefs already: another can be asked for when one is made.")
        brief = Brief.objects.create(
            **told,
            paper=paper.value,
            asked_by_id=asker.sight.person,
            asked_by_name=asker.name,
            asked_at=now,
            sight_groups=groups,
        )
    return brief.pk


def _scope_of(question: IncidentQuestion) -> Scope:
    """For the archive: what the window was narrowed to."""
    if not question.nodes and not question.q:
        return FLEET
    names = f"{len(question.nodes)} nodes by name" if question.nodes else ""
    return Scope(ScopeKind.QUERY, text=question.q, name=names if question.nodes and not question.q else "")


def _write(question: IncidentQuestion, notes: str, zone: str) -> dict[str, Any]:
    return {
        "since": question.since.astimezone(UTC).isoformat(),
        "until": question.until.astimezone(UTC).isoformat(),
        "nodes": list(question.nodes),
        "q": question.q,
        "only": sorted(one.value for one in question.only),
        "is_newest_first": question.is_newest_first,
        "notes": notes,
        "zone": zone,
    }
