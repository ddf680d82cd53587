"""`manage.py post_samples`: fill a running server with the demo's fleet, and print a login."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from fleetview.bind import address
from reports.demo.show import show


class Command(BaseCommand):
    """Thin: see reports/demo/show.py."""

    help = "Post eight weeks of samples of every tool at the doors of a running server on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the server is."""
        parser.add_argument("--url", default=address(settings.FLEETVIEW_BIND), help="default: as FLEETVIEW_BIND says")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Runs until all is stored."""
        show(options["url"].rstrip("/"), datetime.now(UTC), self._say)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
