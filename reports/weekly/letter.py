"""A brief as a mail: the counters in its subject, the ten lines in its body, plain and HTML, and the PDF attached."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from reports.weekly.files import file_name
from reports.weekly.orders import stored_scope
from reports.weekly.tables import Brief, BriefMail

MOST_ATTACHED: Final = 10 << 20  # bytes of a PDF; many mail servers refuse what is larger
_MOST_SUBJECT: Final = 200  # characters
_HEADERS: Final = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def write_letter(mail: BriefMail) -> EmailMultiAlternatives:
    """The whole mail, the same in every try but for its date."""
    brief = mail.brief
    is_attached = len(brief.files.pdf) <= MOST_ATTACHED
    subject = subject_of(brief)
    told = {
        "subject": subject,
        "scope": in_one_line(stored_scope(brief).label),
        "week": brief.week,
        "headline": in_one_line(brief.headline),
        "lines": [in_one_line(line) for line in brief.lines],
        "link": _link(brief),
        "is_attached": is_attached,
        "schedule": in_one_line(brief.asked_by_name),
    }
    letter = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("mail/brief.txt", told),
        from_email=settings.FLEETVIEW_MAIL_FROM,
        to=[mail.recipient],
        headers={**_HEADERS, "Message-ID": mail.message_id},
    )
    letter.attach_alternative(render_to_string("mail/brief.html", told), "text/html")
    if is_attached:
        letter.attach(file_name(brief, "pdf"), bytes(brief.files.pdf), "application/pdf")
    return letter


def subject_of(brief: Brief) -> str:
    """Such as: Fleetview 2026-W47 · production: 1,204 corrections (+12 %), 3 failed nodes."""
    scope = brief.scope_value if brief.scope_kind == "environment" else stored_scope(brief).label
    return in_one_line(f"Fleetview {brief.week} · {_cut(in_one_line(scope), 60)}: {brief.headline}", _MOST_SUBJECT)


def in_one_line(text: str, most: int = 2_000) -> str:
    """Untrusted text as it may stand in a header or a line: nothing that breaks it, hides, or turns its direction."""
    shown = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    return _cut(" ".join(shown.split()), most)


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _link(brief: Brief) -> str:
    """Where the brief stands in the archive; empty where it is not known what address people use."""
    return f"{settings.FLEETVIEW_URL}{reverse('brief', args=[brief.pk])}" if settings.FLEETVIEW_URL else ""
