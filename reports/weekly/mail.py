"""Handing mails to the mail server: each recipient's by itself, tried again with growing delays, and then given up.

What is known before and after a try is committed before and after it. So one thing alone can send a mail twice: the
server took it, and its answer did not reach us, because the line or this process broke in that very moment. It is tried
again then, under the same Message-ID, by which mailboxes know it for the same.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from fleetview.mail_server import MailServer
from reports.store.text import clean_value
from reports.weekly.claims import Claimed, claim
from reports.weekly.letter import write_letter
from reports.weekly.mails import next_try
from reports.weekly.tables import Brief, BriefMail

PATIENCE: Final = timedelta(seconds=20)  # for each answer of the server
_MOST_AT_ONCE: Final = 50
_MOST_ERROR_BYTES: Final = 2_000
_OPEN: Final = (BriefMail.State.WAITING, BriefMail.State.SENDING)


def send_due(now: datetime) -> str | None:
    """Send what is due, of briefs that are made. None where nothing is, or mail is off."""
    server: MailServer | None = settings.MAIL_SERVER
    if server is None:
        return None
    due = BriefMail.objects.filter(state__in=_OPEN, next_try_at__lte=now, brief__state=Brief.State.MADE)
    tried = sent = 0
    for key in due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:_MOST_AT_ONCE]:
        outcome = _send_if_free(key, server, now)
        tried, sent = tried + (outcome is not None), sent + (outcome is True)
        if outcome is False and not _answers(server):
            break  # the others wait for their turn: each would only wait for the same silence
    return f"{sent} of {tried} mails sent" if tried else None


def _send_if_free(key: int, server: MailServer, now: datetime) -> bool | None:
    """Whether it was sent; None where somebody else has done it, or is at it."""
    with claim(Claimed.MAIL, key) as ours:
        open_mails = BriefMail.objects.filter(pk=key, state__in=_OPEN, next_try_at__lte=now)
        whole = open_mails.select_related("brief__files").defer("brief__files__json", "brief__files__csv")
        mail = whole.first() if ours else None
        return None if mail is None else _send(mail, server, now)


def _send(mail: BriefMail, server: MailServer, now: datetime) -> bool:
    mail.state, mail.tries = BriefMail.State.SENDING, mail.tries + 1
    mail.save(update_fields=["state", "tries"])
    try:
        _connect(server).send_messages([write_letter(mail)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        again = None if _is_final(error) else next_try(mail.tries, now)
        mail.state = BriefMail.State.FAILED if again is None else BriefMail.State.WAITING
        mail.next_try_at, mail.last_error = again or now, _tell(error)
    else:
        mail.state, mail.sent_at, mail.last_error = BriefMail.State.SENT, now, ""
    mail.save(update_fields=["state", "next_try_at", "last_error", "sent_at"])
    return mail.state == BriefMail.State.SENT


def _connect(server: MailServer) -> EmailBackend:
    return EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.starts_tls,
        use_ssl=server.is_tls,
        timeout=int(PATIENCE.total_seconds()),
    )


def _answers(server: MailServer) -> bool:
    """Whether anybody is there at all."""
    backend = _connect(server)
    try:
        backend.open()
    except (smtplib.SMTPException, OSError):
        return False
    backend.close()
    return True


def _is_final(error: Exception) -> bool:
    """Whether the server said that it will never take this mail (5xx); what it says of the login may be mended."""
    match error:
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return False
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _ in error.recipients.values())
        case smtplib.SMTPResponseException():
            return error.smtp_code >= 500
        case ValueError():
            return True  # an address that no header can hold
        case _:
            return False


def _tell(error: Exception) -> str:
    """In the server's own words, where it said any. Untrusted."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            told = "; ".join(_answer(code, said) for code, said in error.recipients.values())
        case smtplib.SMTPResponseException():
            told = _answer(error.smtp_code, error.smtp_error)
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            told = f"the mail server did not answer within {PATIENCE.total_seconds():.0f} s"
        case _:
            told = str(error) or type(error).__name__
    return clean_value(" ".join(told.split()), _MOST_ERROR_BYTES)


def _answer(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
