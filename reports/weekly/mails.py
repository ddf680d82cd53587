"""The mails of a brief: one to each recipient, from when it is ordered until it is taken or given up."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings

from reports.errors import NothingFound
from reports.weekly.tables import Brief, BriefMail

# How long after each try that was in vain the next one comes; after the last of them a mail has failed.
DELAYS: Final = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)),
    *(timedelta(hours=hours) for hours in (3, 6, 12)),
)


def address_mails(brief: Brief, recipients: Iterable[str], now: datetime) -> None:
    """One mail to each, which waits until the brief is made."""
    BriefMail.objects.bulk_create(
        BriefMail(brief=brief, recipient=recipient, next_try_at=now, message_id=_message_id(brief, recipient))
        for recipient in dict.fromkeys(recipients)
    )


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries in vain; None: not any more."""
    return now + DELAYS[tries - 1] if tries <= len(DELAYS) else None


def mail_again(key: int, now: datetime) -> BriefMail:
    """Have a mail that is not sent tried at once, with all tries before it. Raises NothingFound."""
    mail = BriefMail.objects.filter(pk=key).exclude(state=BriefMail.State.SENT).select_related("brief").first()
    if mail is None:
        raise NothingFound("there is no mail of that number that is still to be sent")
    mail.state, mail.tries, mail.next_try_at = BriefMail.State.WAITING, 0, now
    mail.save(update_fields=["state", "tries", "next_try_at"])
    return mail


def _message_id(brief: Brief, recipient: str) -> str:
    """Told by what the mail is, so that every try, of whatever process, has the same one."""
    told = uuid.uuid5(uuid.NAMESPACE_URL, f"fleetview:brief:{brief.pk}:{brief.asked_at.isoformat()}:{recipient}")
    domain = parseaddr(settings.FLEETVIEW_MAIL_FROM)[1].rpartition("@")[2]
    return f"<{told}@{domain or 'fleetview.invalid'}>"
