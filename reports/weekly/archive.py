"""The archive: every brief that was ordered, newest first, with what became of it and of its mails.

Who sees the whole fleet sees all of it; who sees a part sees what that person asked for, as long as it is still in the
groups that it was gathered with: `visible.brief` is such a view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from reports.analysis.paging import Keyset, Slice, take_slice
from reports.errors import NothingFound
from reports.weekly.files import file_name
from reports.weekly.orders import stored_scope
from reports.weekly.tables import Brief, BriefMail

NEWEST_FIRST: Final = Keyset((("asked_at", datetime.fromisoformat), ("id", int)), is_descending=True)


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail, and how it stands. `last_error` is in the server's words: untrusted."""

    id: int
    recipient: str
    state: str
    tries: int
    next_try_at: datetime | None  # None where it is not tried any more
    last_error: str
    sent_at: datetime | None

    @classmethod
    def of(cls, mail: BriefMail) -> MailLine:
        is_open = mail.state in (BriefMail.State.WAITING, BriefMail.State.SENDING)
        return cls(
            id=mail.pk,
            recipient=mail.recipient,
            state=mail.state,
            tries=mail.tries,
            next_try_at=mail.next_try_at if is_open else None,
            last_error=mail.last_error,
            sent_at=mail.sent_at,
        )


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A brief. `scope`, `asked_by` and `error` are untrusted. `asked_by` is a login, or the schedule it is of."""

    id: int
    kind: str
    week: str | None
    since: datetime | None  # of an incident
    until: datetime | None
    scope: str
    query: str
    paper: str
    asked_by: str
    is_scheduled: bool
    is_part: bool
    asked_at: datetime
    state: str
    per_cent: int
    doing: str
    error: str
    made_at: datetime | None
    version: str
    pages: int | None
    pdf_bytes: int | None
    file_name: str
    headline: str
    lines: tuple[str, ...]
    mails: tuple[MailLine, ...]

    @property
    def is_made(self) -> bool:
        return self.state == Brief.State.MADE

    @property
    def is_open(self) -> bool:
        return self.state in (Brief.State.WAITING, Brief.State.MAKING)

    @property
    def has_failed(self) -> bool:
        return self.state == Brief.State.FAILED

    @classmethod
    def of(cls, brief: Brief) -> BriefLine:
        """The line of a row; its mails are asked for beforehand."""
        asked = brief.incident or {}
        moments = (datetime.fromisoformat(asked[name]) if name in asked else None for name in ("since", "until"))
        since, until = moments
        return cls(
            id=brief.pk,
            kind=brief.kind,
            week=brief.week,
            since=since,
            until=until,
            scope=stored_scope(brief).label,
            query=brief.scope_value if brief.scope_kind == "query" else "",
            paper=brief.paper,
            asked_by=brief.asked_by_name,
            is_scheduled=brief.is_scheduled,
            is_part=brief.sight_groups is not None,
            asked_at=brief.asked_at,
            state=brief.state,
            per_cent=brief.per_cent,
            doing=brief.doing,
            error=brief.error,
            made_at=brief.made_at,
            version=brief.version,
            pages=brief.pages,
            pdf_bytes=brief.pdf_bytes,
            file_name=file_name(brief, "pdf"),
            headline=brief.headline,
            lines=tuple(brief.lines),
            mails=tuple(map(MailLine.of, brief.mails.all())),
        )


@dataclass(frozen=True, slots=True)
class BriefFilter:
    """Which briefs; None: any."""

    kind: str | None = None
    state: str | None = None


def list_briefs(wanted: BriefFilter, *, cursor: str | None, limit: int) -> Slice[BriefLine]:
    """By index brief_newest, and their mails for all at once: two queries."""
    rows = _rows()
    for field in ("kind", "state"):
        if (value := getattr(wanted, field)) is not None:
            rows = rows.filter(**{field: value})
    found = take_slice(rows, NEWEST_FIRST, cursor=cursor, limit=limit)
    return Slice(_lines(found.rows), found.next, found.previous)


def find_brief(key: int) -> BriefLine:
    """One brief. Raises NothingFound; whether it is not there, or not for who asks, is not told."""
    row = _rows().filter(pk=key).first()
    if row is None:
        raise NothingFound("there is no such brief, or it is not yours to see")
    return BriefLine.of(row)


def prune_briefs(now: datetime) -> int:
    """Drop what was asked for more than FLEETVIEW_KEEP_BRIEFS_DAYS ago, with its documents and mails; how many."""
    cutoff = now - timedelta(days=settings.FLEETVIEW_KEEP_BRIEFS_DAYS)
    old = Brief.objects.filter(asked_at__lt=cutoff)
    return old.delete()[1].get("reports.Brief", 0)


def _rows() -> QuerySet[Brief]:
    return Brief.objects.prefetch_related(Prefetch("mails", BriefMail.objects.order_by("recipient")))


def _lines(rows: Sequence[Brief]) -> tuple[BriefLine, ...]:
    return tuple(map(BriefLine.of, rows))
