"""Briefs as pages show them: what they are called, how they stand, and where their documents are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from django.urls import reverse

from reports.pages.words import Word
from reports.told import tell_size
from reports.weekly.archive import BriefLine, MailLine
from reports.weekly.paper import Paper
from reports.weekly.tables import Brief, BriefMail

STATES: Final = {
    Brief.State.WAITING.value: Word("pending", "waiting", "Its turn has not come yet"),
    Brief.State.MAKING.value: Word("changed", "being made"),
    Brief.State.MADE.value: Word("unchanged", "made"),
    Brief.State.FAILED.value: Word("failed", "failed", "It could not be made; the brief says why"),
}
MAIL_STATES: Final = {
    BriefMail.State.WAITING.value: Word("pending", "waiting"),
    BriefMail.State.SENDING.value: Word("changed", "being sent"),
    BriefMail.State.SENT.value: Word("unchanged", "sent", "The mail server took it"),
    BriefMail.State.FAILED.value: Word("failed", "failed", "Not tried any more"),
}
PAPERS: Final = {Paper.A4.value: "A4", Paper.LETTER.value: "Letter"}
KINDS: Final = {"weekly": "weekly", "incident": "incident"}


@dataclass(frozen=True, slots=True)
class Download:
    """One document. `size` is empty where it is not told."""

    label: str
    link: str
    size: str = ""


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail to one recipient; `again` is where the button to try again leads, None where there is none."""

    mail: MailLine
    word: Word
    again: str | None


@dataclass(frozen=True, slots=True)
class MailSum:
    """So many mails of one brief stand so."""

    word: Word
    count: int


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A brief. `files` is empty until it is made. `trouble`: what a mail server said of a mail that is not sent."""

    brief: BriefLine
    title: str
    link: str
    word: Word
    paper: str
    files: tuple[Download, ...]
    mails: tuple[MailSum, ...]
    trouble: str

    @classmethod
    def of(cls, brief: BriefLine) -> BriefRow:
        """The row of a line."""
        counted = Counter(mail.state for mail in brief.mails)
        troubles = [f"{mail.recipient}: {mail.last_error}" for mail in brief.mails if mail.last_error]
        return cls(
            brief=brief,
            title=tell_title(brief),
            link=reverse("brief", args=[brief.id]),
            word=STATES[brief.state],
            paper=PAPERS.get(brief.paper, brief.paper),
            files=link_to_files(brief) if brief.is_made else (),
            mails=tuple(MailSum(word, counted[state]) for state, word in MAIL_STATES.items() if counted[state]),
            trouble=troubles[0] if troubles else "",
        )


def tell_title(brief: BriefLine) -> str:
    """A week, or when the incident was, in UTC."""
    if brief.since is None or brief.until is None:
        return f"Week {brief.week}"
    since, until = brief.since.astimezone(UTC), brief.until.astimezone(UTC)
    end = f"{until:%H:%M}" if until.date() == since.date() else f"{until:%Y-%m-%d %H:%M}"
    return f"Incident {since:%Y-%m-%d %H:%M} to {end} UTC"


def link_to_files(brief: BriefLine) -> tuple[Download, ...]:
    """PDF, and the same as CSV and JSON."""
    size = "" if brief.pdf_bytes is None else tell_size(brief.pdf_bytes)
    return (
        Download("PDF", reverse("brief_file", args=[brief.id, "pdf"]), size),
        Download("CSV", reverse("brief_file", args=[brief.id, "csv"])),
        Download("JSON", reverse("brief_file", args=[brief.id, "json"])),
    )


def mail_rows(brief: BriefLine, *, may_retry: bool) -> tuple[MailRow, ...]:
    """Every mail of a brief; operators may have those tried again that are not sent."""
    return tuple(
        MailRow(
            mail=mail,
            word=MAIL_STATES[mail.state],
            again=reverse("mail_again", args=[mail.id]) if may_retry and brief.is_made and _is_stuck(mail) else None,
        )
        for mail in brief.mails
    )


def _is_stuck(mail: MailLine) -> bool:
    return mail.state == BriefMail.State.FAILED or (mail.state == BriefMail.State.WAITING and mail.tries > 0)
