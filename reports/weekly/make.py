"""Making the briefs that are ordered: gathered with the eyes of who asked, printed, and kept; one at a time.

Whoever makes a brief holds a claim on it. One that is being made by nobody was left by a process that died: it is made
again, a few times, and then given up.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from reports.errors import FleetviewError
from reports.people.sight import EVERYTHING, Sight, seeing
from reports.weekly.claims import Claim, Claimed, claim
from reports.weekly.documents import PRESS, Documents, Press, Review
from reports.weekly.looking_at import Tell
from reports.weekly.orders import OPEN, question_of, scope_of
from reports.weekly.paper import Paper
from reports.weekly.tables import Brief, BriefFile
from reports.weekly.week import IsoWeek

MOST_TRIES: Final = 3
MOST_BYTES: Final = 32 << 20  # of each document; PostgreSQL holds 1 GB, but a browser or a mailbox does not want it
_LOOKED_AT: Final = 20  # open briefs, to find one that nobody makes
_BETWEEN: Final = 0.2  # seconds between two words of progress
_PROGRESS: Final = "UPDATE brief SET per_cent = %s, doing = %s WHERE id = %s AND state = 'being made'"


def make_next(now: datetime, press: Press = PRESS) -> str | None:
    """Make the brief that was asked for first and that nobody makes. None where there is none."""
    for key in Brief.objects.filter(state__in=OPEN).order_by("asked_at").values_list("pk", flat=True)[:_LOOKED_AT]:
        with claim(Claimed.BRIEF, key) as ours:
            # Looked up again: it may have been made between the two.
            brief = Brief.objects.filter(pk=key, state__in=OPEN).first() if ours else None
            if ours and brief:
                return _make(brief, ours, press, now)
    return None


def _make(brief: Brief, ours: Claim, press: Press, now: datetime) -> str:
    began = time.monotonic()
    if brief.tries >= MOST_TRIES:
        return _fail(brief, f"It was begun {brief.tries} times and never ended; the server's log says why.")
    brief.state, brief.tries, brief.per_cent, brief.doing = Brief.State.MAKING, brief.tries + 1, 0, "beginning"
    brief.save(update_fields=["state", "tries", "per_cent", "doing"])
    try:
        documents = _documents_of(brief, press, now, _Telling(ours, brief.pk).tell)
    except FleetviewError as error:
        return _fail(brief, str(error))
    largest = max(len(documents.pdf), len(documents.json), len(documents.csv))
    if largest > MOST_BYTES:
        return _fail(
            brief, f"It came to {largest >> 20} MiB, more than the {MOST_BYTES >> 20} MiB that are kept of one."
        )
    _keep(brief, documents, now + timedelta(seconds=time.monotonic() - began))
    return f"made brief {brief.pk} in {time.monotonic() - began:.1f} s"


def _documents_of(brief: Brief, press: Press, now: datetime, tell: Tell) -> Documents:
    """With the eyes of who asked, as they were then. Raises BadQuestion."""
    paper = Paper(brief.paper)
    with seeing(sight_of_brief(brief)):
        if brief.kind == Brief.Kind.INCIDENT:
            question, notes, zone = question_of(brief)
            return press.incident(question, Review(notes, zone, brief.asked_by_name), paper, now, tell)
        return press.weekly(scope_of(brief), IsoWeek.parse(brief.week or ""), paper, now, tell)


def sight_of_brief(brief: Brief) -> Sight:
    """Whose eyes it is gathered with."""
    if brief.sight_groups is None:
        return EVERYTHING
    return Sight(brief.asked_by_id, sees_all=False, groups=tuple(brief.sight_groups))


def _keep(brief: Brief, documents: Documents, made_at: datetime) -> None:
    with transaction.atomic():
        told = {"pdf": documents.pdf, "json": documents.json, "csv": documents.csv}
        BriefFile.objects.update_or_create(brief=brief, defaults=told)
        Brief.objects.filter(pk=brief.pk).update(
            state=Brief.State.MADE,
            per_cent=100,
            doing="",
            made_at=made_at,
            version=documents.version,
            pages=documents.pages,
            pdf_bytes=len(documents.pdf),
            headline=documents.headline,
            lines=list(documents.lines),
        )


def _fail(brief: Brief, error: str) -> str:
    Brief.objects.filter(pk=brief.pk).update(state=Brief.State.FAILED, error=error, doing="")
    return f"brief {brief.pk} failed: {error}"


@dataclass(slots=True)
class _Telling:
    """Writes how far it is where everybody sees it at once, but not more often than somebody would look."""

    claim: Claim
    key: int
    told_at: float = 0.0

    def tell(self, per_cent: int, doing: str) -> None:
        now = time.monotonic()
        if now - self.told_at >= _BETWEEN:
            self.told_at = now
            self.claim.execute(_PROGRESS, [min(99, max(0, per_cent)), doing, self.key])
