"""Foretell the next seven days of every node; the schedule does the same every hour."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from reports.risk.foretell import foretell


class Command(BaseCommand):
    """`manage.py foretell`."""

    help = "Work out anew how likely each node is to need a correction or to fail within seven days."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Foretell, and say of how many nodes."""
        print(f"Foretold: {foretell(datetime.now(UTC)).nodes} nodes")
