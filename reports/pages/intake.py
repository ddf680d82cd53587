"""What comes in: senders, what waits, what was refused and why, and the lines that make a tool forward to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.adapters.discovery import adapters
from reports.intake.days import IntakeDayLine, list_intake_days
from reports.intake.refused import RefusedReport, count_refused, list_refused, refused_bytes
from reports.intake.status import (
    Credential,
    IntakeNumbers,
    SenderSeen,
    count_intake,
    list_credentials,
    list_senders,
)
from reports.pages.forwarding import Place, ToolSetup, find_place, lay_out_ways
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.looking import needs_whole_sight, sees_a_part
from reports.people.roles import Role, needs
from reports.told import tell_span

REFUSED = 20
DAYS = 14


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused report. Where another machine keeps its bytes, only a command there reads it again: no links then."""

    report: RefusedReport
    link: str | None
    replay_link: str | None
    replay_command: str


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A token or certificate, and in a word what it is worth now."""

    credential: Credential
    standing: str
    is_valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePage(Page):
    """`oldest_pending` in words; None where nothing waits. Who sees a part of the fleet sees numbers alone."""

    numbers: IntakeNumbers
    oldest_pending: str | None
    days: tuple[IntakeDayLine, ...]
    day_count: int
    senders: tuple[SenderSeen, ...]
    credentials: tuple[CredentialRow, ...]
    refused: tuple[RefusedRow, ...]
    refused_count: int
    tools: tuple[ToolSetup, ...]
    place: Place
    sees_a_part: bool


@require_safe
def intake(request: HttpRequest) -> HttpResponse:
    """The page at `/intake/`."""
    place = find_place(
        request.build_absolute_uri("/"), public_url=settings.FLEETVIEW_URL, tls_bind=settings.FLEETVIEW_TLS_BIND
    )
    return show(request, "intake", build_intake(timezone.now(), place, sees_a_part=sees_a_part(request)))


@require_safe
@needs(Role.OPERATOR)
@needs_whole_sight
def refused_report(request: HttpRequest, refused_id: UUID) -> HttpResponse:
    """The bytes of a refused report, to look at elsewhere: never as anything that a browser would open."""
    content = refused_bytes(refused_id)
    record_act(request, Act.REFUSED_DOWNLOADED, str(refused_id))
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="refused-{refused_id}"', "Cache-Control": "no-store"},
    )


def build_intake(now: datetime, place: Place, *, sees_a_part: bool) -> IntakePage:
    """Sums of small tables, and one look at this machine's spool."""
    numbers = count_intake(now)
    oldest = numbers.oldest_pending_seconds
    return IntakePage(
        title="Intake",
        section="intake",
        now=now,
        numbers=numbers,
        oldest_pending=None if oldest is None else tell_span(oldest),
        days=list_intake_days(now, days=DAYS),
        day_count=DAYS,
        senders=tuple(list_senders()),
        credentials=tuple(_credential_row(credential, now) for credential in list_credentials()),
        refused=tuple(_refused_row(report) for report in list_refused(limit=REFUSED)),
        refused_count=count_refused(),
        tools=tuple(lay_out_ways(adapter, place) for adapter in adapters()),
        place=place,
        sees_a_part=sees_a_part,
    )


def _refused_row(report: RefusedReport) -> RefusedRow:
    command = f".venv/bin/python manage.py replay {report.id}"
    if not report.is_here:
        return RefusedRow(report, None, None, command)
    link, replay_link = (reverse(name, args=[report.id]) for name in ("refused_report", "read_again"))
    return RefusedRow(report, link, replay_link, command)


def _credential_row(credential: Credential, now: datetime) -> CredentialRow:
    return CredentialRow(credential, credential.standing(now), credential.is_valid(now))
