"""The address of the mail server: each kind, its usual port, and what is refused without telling the password."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from fleetview.mail_server import MailServer, read_mail_server

FROM = "Fleetview <fleetview@example.net>"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail", MailServer("mail", 25)),
        ("smtp://127.0.0.1:2525/", MailServer("127.0.0.1", 2525)),
        ("smtps://mail", MailServer("mail", 465, is_tls=True)),
        ("smtp+starttls://me:p%40ss%3A@mail:587", MailServer("mail", 587, "me", "p@ss:", starts_tls=True)),
        ("smtp+starttls://me%40example.net:x@mail", MailServer("mail", 587, "me@example.net", "x", starts_tls=True)),
    ],
)
def test_each_kind_is_read(url: str, server: MailServer) -> None:
    assert read_mail_server(url, FROM) == server


def test_without_an_address_there_is_no_mail() -> None:
    assert read_mail_server("", "") is None


@pytest.mark.parametrize(
    "url", ["mail:25", "http://me:secret@mail", "smtp://", "smtp://me:secret@mail:port", "smtp://me:secret@mail/path"]
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FLEETVIEW_SMTP_URL") as refused:
        read_mail_server(url, FROM)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "Fleetview", "Fleetview <>"])
def test_a_server_needs_whom_mails_are_from(sender: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FLEETVIEW_MAIL_FROM"):
        read_mail_server("smtp://mail", sender)


def test_the_password_is_in_no_log() -> None:
    assert "secret" not in repr(read_mail_server("smtp://me:secret@mail", FROM))
