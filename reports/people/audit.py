"""The log of what people did: one row an act, written in the transaction of the act itself, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from reports.people.address import address_of
from reports.people.tables import AuditEntry
from reports.store.text import clean_name, clean_value

_MOST_DETAIL_BYTES: Final = 2_000


@unique
class Act(StrEnum):
    """What can be done, as `subject.verb`. A new act is a new line here; one that was ever written is never renamed."""

    LOGIN = "login"
    LOGIN_FAILED = "login.failed"
    LOGOUT = "logout"
    TOKEN_MADE = "token.made"  # noqa: S105 - no token
    TOKEN_REVOKED = "token.revoked"  # noqa: S105
    NOTE_WRITTEN = "note.written"
    NOTE_ENDED = "note.ended"
    REFUSED_REPLAYED = "refused.replayed"
    REFUSED_DOWNLOADED = "refused.downloaded"
    VIEW_SAVED = "view.saved"
    VIEW_DELETED = "view.deleted"
    PERSON_ADDED = "person.added"
    PERSON_ROLE = "person.role"
    PERSON_PASSWORD = "person.password"  # noqa: S105
    PERSON_ACTIVATED = "person.activated"
    PERSON_DEACTIVATED = "person.deactivated"
    GROUP_SAVED = "group.saved"
    GROUP_DELETED = "group.deleted"
    BRIEF_ORDERED = "brief.ordered"
    BRIEF_AGAIN = "brief.ordered_again"
    MAIL_AGAIN = "mail.tried_again"
    SCHEDULE_SAVED = "schedule.saved"
    SCHEDULE_DELETED = "schedule.deleted"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """None: any. `until` itself is not in the window."""

    person: str | None = None
    act: Act | None = None
    since: datetime | None = None
    until: datetime | None = None


def record_act(request: HttpRequest, act: Act, subject: str, **detail: str | int | bool | list[str] | None) -> None:
    """Write down who did what to what, and from which address.

    Call it inside the `transaction.atomic()` of the act: neither is then ever there without the other. Never give it a
    secret, nor text in which somebody may have typed one.
    """
    AuditEntry.objects.create(
        person=_person(request),
        act=act,
        subject=clean_name(subject),
        detail={name: _clean(value) for name, value in detail.items()},
        address=address_of(request),
    )


def record_failed_login(request: HttpRequest, name: str) -> None:
    """A name is kept only if somebody has it: what else stands in that field may be a password in the wrong place."""
    known = User.objects.filter(username=clean_name(name)).values_list("username", flat=True).first()
    record_act(request, Act.LOGIN_FAILED, known or "(no such name)")


def find_acts(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """What passes the filter. Newest first, it is walked by an index of its person, else of its act, else of time."""
    found = AuditEntry.objects.all()
    for field in ("person", "act"):
        if (value := getattr(wanted, field)) is not None:
            found = found.filter(**{field: value})
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    return found if wanted.until is None else found.filter(at__lt=wanted.until)


def prune_audit(now: datetime) -> int:
    """Drop what is older than FLEETVIEW_KEEP_AUDIT_DAYS; how many rows that were."""
    cutoff = now - timedelta(days=settings.FLEETVIEW_KEEP_AUDIT_DAYS)
    return AuditEntry.objects.filter(at__lt=cutoff).delete()[0]


def _person(request: HttpRequest) -> str:
    """The login name; "" where nobody is logged in."""
    user = getattr(request, "user", None)
    return clean_name(user.get_username()) if user is not None and user.is_authenticated else ""


def _clean(value: str | int | bool | list[str] | None) -> object:
    if isinstance(value, str):
        return clean_value(value, _MOST_DETAIL_BYTES)
    if isinstance(value, list):
        return [clean_value(one, _MOST_DETAIL_BYTES) for one in value]
    return value
