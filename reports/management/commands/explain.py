"""Tell the causes of changes again: after an upgrade whose rules know more."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.drift.stale import explain_stale, mark_all_stale
from reports.store.retention import oldest_welcome_at

_PAUSE_SECONDS = 0.2


class Command(BaseCommand):
    """`manage.py explain [--since DAY]`."""

    help = "Tell the causes of all changes that are kept again, or of those since a day. Reports come in meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """From when on."""
        parser.add_argument("--since", type=date.fromisoformat, help="first day (UTC), as 2026-11-23; default: all")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Mark the nodes, tell portion by portion, and say how far it is."""
        since = options["since"]
        begin = datetime.combine(since, clock_time(), UTC) if since else oldest_welcome_at(datetime.now(UTC))
        print(f"Nodes with changes: {mark_all_stale(begin)}")
        nodes = runs = 0
        while (told := explain_stale(datetime.now(UTC))).is_any:
            nodes, runs = nodes + told.nodes, runs + told.runs
            if told.is_busy:  # a drain is saving reports of all that are left
                time.sleep(_PAUSE_SECONDS)
            else:
                print(f"{nodes} nodes explained …", file=sys.stderr)
        print(f"Nodes explained: {nodes}; runs that are counted otherwise now: {runs}")
