"""Let the holder of a client certificate send reports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.adapters.discovery import adapters
from reports.intake.setup import senders_file
from reports.intake.tokens import Grant, publish_senders, trust_certificate


class Command(BaseCommand):
    """`manage.py trust_certificate CN|'*'`."""

    help = (
        "Let a client certificate send reports: one common name, for any node; "
        "or '*', every certificate of the CA that the doors were given, each for the node of its own name alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, and what for."""
        parser.add_argument("common_name", metavar="CN")
        parser.add_argument("--tool", choices=[adapter.tool for adapter in adapters()], help="default: any tool")
        parser.add_argument("--site", default="main", help="namespace of the node names it sends (default: main)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Trust it, and tell the doors of this machine."""
        name = options["common_name"]
        trust_certificate(Grant(name=name, scope="send", tool=options["tool"], site=options["site"]), name)
        publish_senders(senders_file(), now=datetime.now(UTC))
        self.stdout.write(f"{'Every certificate of the CA' if name == '*' else name} may send now")
