"""Briefs in every state, with mails in every state, for who opens pages."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django.contrib.auth.models import User

from reports.weekly.tables import Brief, BriefFile, BriefMail, BriefSchedule

MADE: Final = 4711  # the ids are told beforehand, for addresses
FAILED: Final = 4712
WAITING: Final = 4713
OTHER_WEEK: Final = "2026-W46"


def keep_briefs(now: datetime, *, word: str = "ops", **more: Any) -> None:  # noqa: ANN401
    """A schedule, and what it and somebody asked for. `word` is in every text."""
    schedule = BriefSchedule.objects.create(
        name=word, weekday=1, at=time(7), zone="Europe/Berlin", scope_kind="fleet", paper="a4",
        recipients=[f"{word}@example.net"], starts_at=now,
    )  # fmt: skip
    told: dict[str, Any] = {"kind": "weekly", "scope_kind": "fleet", "week": "2026-W47", "paper": "a4"}
    made = Brief.objects.create(
        pk=MADE, **told, asked_by_name=word, is_scheduled=True, schedule=schedule, asked_at=now, state="made",
        per_cent=100, made_at=now, version="0.1.0", pages=12, pdf_bytes=300_000, headline=f"{word}: 12 corrections",
        lines=[f"{word} <b>went</b> worse.", "Decide on db-1."],
    )  # fmt: skip
    BriefFile.objects.create(brief=made, pdf=b"%PDF-" + word.encode(), json=b"{}", csv=b"PK")
    for state in BriefMail.State.values:
        error = "451 4.7.1 greylisted <b>" if state in ("waiting", "failed") else ""
        BriefMail.objects.create(
            brief=made, recipient=f"{word}-{state}@example.net", state=state, tries=2, next_try_at=now,
            last_error=error, message_id=f"<{state}@example.net>", sent_at=now if state == "sent" else None,
        )  # fmt: skip
    told |= {"scope_kind": "query", "scope_value": f"name:{word}*", "scope_name": f"<i>{word}</i>", **more}
    told |= {"asked_by_name": word, "week": OTHER_WEEK}
    earlier = now - timedelta(days=1)
    Brief.objects.create(pk=FAILED, **told, asked_at=earlier, state="failed", error=f"<b>{word}</b> is no environment")
    Brief.objects.create(pk=WAITING, **told, asked_at=earlier, state="being made", per_cent=40, doing="counting runs")


def login_of(name: str) -> int:
    """The id of a login; made if there is none yet."""
    user, _ = User.objects.get_or_create(username=name)
    return user.pk
