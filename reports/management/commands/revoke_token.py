"""Take back the credentials of a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors import NothingFound
from reports.intake.setup import senders_file
from reports.intake.tokens import publish_senders, revoke_tokens


class Command(BaseCommand):
    """`manage.py revoke_token NAME [--but-newest]`."""

    help = "Take back every token and certificate of a name; the doors of this machine know it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and whether the newest stays."""
        parser.add_argument("name")
        parser.add_argument("--but-newest", action="store_true", help="leave the newest: for replacing a token")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Take them back, and tell the doors of this machine."""
        now = datetime.now(UTC)
        try:
            count = revoke_tokens(options["name"], now=now, but_newest=options["but_newest"])
        except NothingFound as error:
            raise CommandError(str(error)) from error
        publish_senders(senders_file(), now=now)
        self.stdout.write(f"{count} of {options['name']} taken back")
