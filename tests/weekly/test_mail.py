"""Mails to a real server: taken once, refused and tried again, lost, and given up in the server's words."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from fleetview.mail_server import MailServer
from reports.errors import NothingFound
from reports.weekly import mail as sending
from reports.weekly.claims import Claimed, claim
from reports.weekly.due import order_due
from reports.weekly.letter import MOST_ATTACHED, in_one_line
from reports.weekly.mail import send_due
from reports.weekly.mails import DELAYS, mail_again
from reports.weekly.make import make_next
from reports.weekly.tables import Brief, BriefFile, BriefMail
from tests.weekly.press import PRINTED, QuickPress
from tests.weekly.smtp import Mailbox, smtp_server
from tests.weekly.test_due import make_schedule

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A server that takes everything, and settings that name it."""
    with smtp_server() as (mailbox, server):
        settings.MAIL_SERVER = server
        settings.FLEETVIEW_MAIL_FROM = "Fleetview <fleetview@example.net>"
        settings.FLEETVIEW_URL = "https://fleet.example.net"
        yield mailbox


def make_brief(**more: Any) -> None:  # noqa: ANN401
    """The brief of a schedule, made."""
    make_schedule(**more)
    order_due(NOW)
    make_next(NOW, QuickPress())


def states() -> dict[str, str]:
    return dict(BriefMail.objects.values_list("recipient", "state"))


def part(mail: EmailMessage, kind: str) -> str:
    found = next(part for part in mail.walk() if part.get_content_type() == kind)
    content: str = found.get_content()
    return content


@pytest.mark.django_db
def test_each_recipient_gets_one_mail_with_the_counters_the_lines_and_the_pdf(mailbox: Mailbox) -> None:
    make_brief(scope_kind="environment", scope_value="production")
    assert send_due(NOW) == "2 of 2 mails sent"
    assert send_due(NOW) is None
    assert sorted(to for to, _ in mailbox.mails) == [["ops@example.net"], ["review@example.net"]]
    for to, mail in mailbox.mails:
        assert mail["To"] == to[0]
        assert mail["From"] == "Fleetview <fleetview@example.net>"
        assert mail["Subject"].strip() == f"Fleetview 2026-W47 · production: {PRINTED.headline}"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert "- It went worse than the week before." in part(mail, "text/plain")
        assert "https://fleet.example.net/briefs/" in part(mail, "text/plain")
        pdf = next(part for part in mail.walk() if part.get_content_type() == "application/pdf")
        assert (pdf.get_payload(decode=True), pdf.get_filename()) == (PRINTED.pdf, "fleetview-2026-W47-production.pdf")
    assert len({mail["Message-ID"] for _, mail in mailbox.mails}) == 2
    sent = BriefMail.objects.filter(state="sent", sent_at=NOW, tries=1, last_error="")
    assert sent.count() == 2


@pytest.mark.django_db
def test_untrusted_text_adds_no_header_and_no_markup(mailbox: Mailbox) -> None:
    nasty = "<b>\r\nBcc: all@example.net\r\n\r\n\N{RIGHT-TO-LEFT OVERRIDE}x\x1b"
    make_brief(scope_kind="query", scope_value="web", scope_name=nasty + "y" * 500, name=nasty, recipients=["a@b.de"])
    send_due(NOW)
    ((to, mail),) = mailbox.mails
    assert (to, mail["Bcc"]) == (["a@b.de"], None)
    assert "\n" not in mail["Subject"] and "\N{RIGHT-TO-LEFT OVERRIDE}" not in mail["Subject"]
    assert len(mail["Subject"]) <= 200
    html = part(mail, "text/html")
    assert "<b>" not in html and "&lt;b&gt;web-1&lt;/b&gt; Bcc: everybody@example.net is new." in html
    assert "- <b>web-1</b> Bcc: everybody@example.net is new." in part(mail, "text/plain")


def test_a_line_holds_nothing_that_breaks_or_turns_it() -> None:
    assert (
        in_one_line("a\r\n\tb\0c\N{ZERO WIDTH SPACE}d\N{RIGHT-TO-LEFT OVERRIDE}e\N{LINE SEPARATOR}f") == "a b c d e f"
    )
    assert in_one_line("x" * 10, 5) == "xxxx…"


@pytest.mark.django_db
def test_a_server_that_refuses_first_and_takes_it_later_gets_the_same_mail(mailbox: Mailbox) -> None:
    mailbox.answer_data = lambda tries: "451 4.7.1 greylisted, come back" if tries < 3 else "250 taken"
    make_brief(recipients=["ops@example.net"])
    now, ids = NOW, []
    for delay in DELAYS[:2]:
        assert send_due(now) == "0 of 1 mails sent"
        mail = BriefMail.objects.get()
        assert (mail.state, mail.last_error) == ("waiting", "451 4.7.1 greylisted, come back")
        assert mail.next_try_at == now + delay
        ids.append(mail.message_id)
        assert send_due(now + delay - timedelta(seconds=1)) is None
        now += delay
    assert send_due(now) == "1 of 1 mails sent"
    assert [mail["Message-ID"] for _, mail in mailbox.mails] == [ids[0]]
    assert BriefMail.objects.get().tries == 3


@pytest.mark.django_db
def test_one_recipient_that_is_refused_takes_nothing_from_the_other(mailbox: Mailbox) -> None:
    mailbox.answer_rcpt = lambda to: "550 5.1.1 no such user here" if to.startswith("ops@") else "250 OK"
    make_brief()
    assert send_due(NOW) == "1 of 2 mails sent"
    assert states() == {"ops@example.net": "failed", "review@example.net": "sent"}
    assert BriefMail.objects.get(state="failed").last_error == "550 5.1.1 no such user here"
    assert send_due(NOW + timedelta(days=3)) is None
    mailbox.answer_rcpt = lambda _to: "250 OK"
    mail_again(BriefMail.objects.get(state="failed").pk, NOW)
    assert send_due(NOW) == "1 of 1 mails sent"
    assert [to for to, _ in mailbox.mails] == [["review@example.net"], ["ops@example.net"]]
    with pytest.raises(NothingFound):
        mail_again(BriefMail.objects.first().pk, NOW)  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_server_that_does_not_answer_is_left_and_asked_again_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", timedelta(seconds=1))
    settings.FLEETVIEW_MAIL_FROM = "fleetview@example.net"
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.MAIL_SERVER = MailServer("127.0.0.1", deaf.getsockname()[1])
        make_brief()
        assert send_due(NOW) == "0 of 1 mails sent"  # the other is not even tried
    tried = BriefMail.objects.get(tries=1)
    assert tried.last_error == "the mail server did not answer within 1 s"
    assert tried.next_try_at == NOW + DELAYS[0]


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_asked_for_a_day_and_then_given_up(settings: Settings) -> None:
    settings.MAIL_SERVER = MailServer("127.0.0.1", 1)
    settings.FLEETVIEW_MAIL_FROM = "fleetview@example.net"
    make_brief(recipients=["ops@example.net"])
    now = NOW
    while (mail := BriefMail.objects.get()).state == "waiting":
        now = max(now, mail.next_try_at)
        assert send_due(now) == "0 of 1 mails sent"
    assert (mail.state, mail.tries) == ("failed", len(DELAYS) + 1)
    assert "refused" in mail.last_error
    assert timedelta(hours=20) < now - NOW < timedelta(hours=26)


@pytest.mark.django_db
def test_where_the_answer_is_lost_the_same_mail_comes_again_under_the_same_name(mailbox: Mailbox) -> None:
    """The one failure that can repeat a mail: by its Message-ID it can be known for the same."""
    mailbox.takes = False
    make_brief(recipients=["ops@example.net"])
    assert send_due(NOW) == "0 of 1 mails sent"
    mailbox.takes = True
    assert send_due(NOW + DELAYS[0]) == "1 of 1 mails sent"
    first, second = (mail["Message-ID"] for _, mail in mailbox.mails)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_many_machines_send_each_mail_once(mailbox: Mailbox) -> None:
    make_brief(recipients=[f"someone-{number}@example.net" for number in range(6)])
    mailbox.silence = 0.05
    together = threading.Barrier(4)

    def send() -> None:
        together.wait()
        send_due(NOW)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to[0] for to, _ in mailbox.mails) == [f"someone-{number}@example.net" for number in range(6)]
    assert set(states().values()) == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_process_was_sending_is_sent_and_what_a_living_one_sends_is_left(mailbox: Mailbox) -> None:
    make_brief(recipients=["ops@example.net"])
    BriefMail.objects.update(state="sending", tries=1)
    with claim(Claimed.MAIL, BriefMail.objects.get().pk):
        assert send_due(NOW) is None
    assert send_due(NOW) == "1 of 1 mails sent"
    assert len(mailbox.mails) == 1


@pytest.mark.django_db
def test_nothing_is_sent_before_the_brief_is_made_nor_where_mail_is_off(mailbox: Mailbox, settings: Settings) -> None:
    make_schedule()
    order_due(NOW)
    assert send_due(NOW) is None
    make_next(NOW, QuickPress())
    server, settings.MAIL_SERVER = settings.MAIL_SERVER, None
    assert send_due(NOW) is None
    settings.MAIL_SERVER = server
    assert send_due(NOW) == "2 of 2 mails sent"


@pytest.mark.django_db
def test_a_pdf_that_is_too_large_for_a_mail_stays_in_the_archive(mailbox: Mailbox) -> None:
    make_brief(recipients=["ops@example.net"])
    BriefFile.objects.update(pdf=bytes(MOST_ATTACHED + 1))
    send_due(NOW)
    ((_, mail),) = mailbox.mails
    assert "application/pdf" not in {part.get_content_type() for part in mail.walk()}
    assert "too large for a mail" in part(mail, "text/plain")
    assert Brief.objects.get().state == "made"


@pytest.mark.django_db
def test_an_address_that_no_header_can_hold_is_given_up_at_once(mailbox: Mailbox) -> None:
    make_brief(recipients=["a@b.de\r\nBcc: c@d.de"])
    assert send_due(NOW) == "0 of 1 mails sent"
    assert set(states().values()) == {"failed"}
    assert mailbox.mails == []


def test_the_server_s_loop_stays_in_its_thread() -> None:
    with smtp_server():
        assert asyncio.run(asyncio.sleep(0, "ran")) == "ran"
