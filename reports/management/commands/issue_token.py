"""Make a token for a sender or a reader; the token is the last line, alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.adapters.discovery import adapters
from reports.intake.setup import senders_file
from reports.intake.tokens import Grant, issue_token, publish_senders


class Command(BaseCommand):
    """`manage.py issue_token NAME --scope send|read`."""

    help = "Make a token and print it on the last line. It is shown this once: only its digest is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what it may do."""
        parser.add_argument("name", help="who will use it, as pages show it; a name may have several tokens")
        parser.add_argument("--scope", required=True, choices=["send", "read"])
        parser.add_argument("--tool", choices=[adapter.tool for adapter in adapters()], help="default: any tool")
        parser.add_argument("--site", default="main", help="namespace of the node names it sends (default: main)")
        parser.add_argument("--organization", help="the sender's own; default: the first that its reports name")
        parser.add_argument("--expires-days", type=float, help="default: never")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Make it, and tell the doors of this machine."""
        now = datetime.now(UTC)
        days = options["expires_days"]
        grant = Grant(
            name=options["name"],
            scope=options["scope"],
            tool=options["tool"],
            site=options["site"],
            organization=options["organization"],
            expires_at=None if days is None else now + timedelta(days=days),
        )
        token = issue_token(grant)
        publish_senders(senders_file(), now=now)
        self.stdout.write(token)
