"""A real SMTP server on this machine, which takes mails, or refuses or loses them as a test wants."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from fleetview.mail_server import MailServer


class Mailbox:
    """What came in, and how the server answers. Its loop runs in a thread of its own, so no test's is in the way."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.tries = 0
        self.answer_rcpt: Callable[[str], str] = lambda _address: "250 OK"
        self.answer_data: Callable[[int], str] = lambda _tries: "250 taken"
        self.takes = True  # False: the answer is lost after the mail was taken
        self.silence = 0.0  # seconds before anything is said about a mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Whether mail for this address is taken."""
        answer = self.answer_rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        self.tries += 1
        time.sleep(self.silence)
        answer = self.answer_data(self.tries)
        if answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            read: Any = message_from_bytes(content, policy=policy.default)
            self.mails.append((list(envelope.rcpt_tos), read))
        if not self.takes:
            assert server.transport is not None
            server.transport.close()
        return answer


@contextmanager
def smtp_server(**options: Any) -> Iterator[tuple[Mailbox, MailServer]]:  # noqa: ANN401 - as the Controller takes them
    """A server on a free port, and how it is reached."""
    mailbox = Mailbox()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield mailbox, MailServer("127.0.0.1", port)
    finally:
        controller.stop()
