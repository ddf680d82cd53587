"""What the form of a schedule holds, and reading it: whatever is wrong is told at its field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from reports.errors import BadQuestion
from reports.pages.asked import text_asked
from reports.pages.brief_form import read_paper
from reports.pages.brief_schedules import WEEKDAYS
from reports.pages.brief_scope import ScopeChoices, choice_of
from reports.pages.form_problems import Problems
from reports.pages.viewer import zones
from reports.weekly.due import Timetable
from reports.weekly.orders import stored_scope
from reports.weekly.schedules import MOST_RECIPIENTS, USUAL, Wanted
from reports.weekly.tables import BriefSchedule

MOST_NAME: Final = 100  # characters


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """What stands in the form, as it was typed."""

    name: str
    is_on: bool
    weekday: str
    at: str
    zone: str
    scope: str
    paper: str
    recipients: str


def read_schedule(draft: ScheduleDraft, scopes: ScopeChoices, problems: Problems) -> Wanted | None:
    """What the form asks for; None where something is wrong, which `problems` then tells."""
    with problems.of("name"):
        name = _read_name(draft.name)
    with problems.of("at"):
        at = _read_time(draft.at)
    with problems.of("weekday"):
        weekday = _one_of(draft.weekday, [str(number) for number in WEEKDAYS])
    with problems.of("zone"):
        zone = _one_of(draft.zone, zones())
    with problems.of("scope"):
        scope = scopes.read(draft.scope)
    with problems.of("paper"):
        paper = read_paper(draft.paper)
    with problems.of("recipients"):
        recipients = read_recipients(draft.recipients)
    if problems.told:
        return None
    return Wanted(name, draft.is_on, Timetable(int(weekday), at, zone), scope, paper, recipients)


def read_recipients(text: str) -> tuple[str, ...]:
    """Addresses, one a line or with commas between. Raises BadQuestion."""
    found = [word for line in text.splitlines() for part in line.split(",") if (word := part.strip())]
    if len(found) > MOST_RECIPIENTS:
        raise BadQuestion(f"At most {MOST_RECIPIENTS}; a list of the mail server's own reaches more.")
    for address in found:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadQuestion(f"“{address[:80]}” is no mail address.") from error
    return tuple(dict.fromkeys(found))


def _read_name(text: str) -> str:
    if not text or len(text) > MOST_NAME or not text.isprintable():
        raise BadQuestion(f"From 1 to {MOST_NAME} characters, all of them to be seen.")
    return text


def _read_time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise BadQuestion("A time of the clock such as 07:00.") from error


def _one_of(value: str, known: Collection[str]) -> str:
    if value not in known:
        raise BadQuestion("Choose one of these.")
    return value


def usual_draft(zone: str) -> ScheduleDraft:
    """Of a new schedule, in the zone of who makes it."""
    return ScheduleDraft(
        name="Weekly brief",
        is_on=True,
        weekday=str(USUAL.weekday),
        at=f"{USUAL.at:%H:%M}",
        zone=zone,
        scope="fleet",
        paper="a4",
        recipients="",
    )


def draft_of(schedule: BriefSchedule) -> ScheduleDraft:
    """Of one that is there."""
    return ScheduleDraft(
        name=schedule.name,
        is_on=schedule.is_on,
        weekday=str(schedule.weekday),
        at=f"{schedule.at:%H:%M}",
        zone=schedule.zone,
        scope=choice_of(stored_scope(schedule)),
        paper=schedule.paper,
        recipients="\n".join(schedule.recipients),
    )


def draft_sent(sent: QueryDict) -> ScheduleDraft:
    """As it was sent."""
    return ScheduleDraft(
        name=text_asked(sent, "name") or "",
        is_on=sent.get("on") == "yes",
        weekday=sent.get("weekday", ""),
        at=sent.get("at", ""),
        zone=sent.get("zone", ""),
        scope=sent.get("scope", ""),
        paper=sent.get("paper", ""),
        recipients=sent.get("recipients", ""),
    )
