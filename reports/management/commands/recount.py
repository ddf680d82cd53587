"""Count again what is stale, or a range of days; drains do the first all the time."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.rollups.recount import recount_stale
from reports.rollups.staleness import mark_range_stale

_PAUSE_SECONDS = 0.2


class Command(BaseCommand):
    """`manage.py recount [--since DAY] [--until DAY]`."""

    help = "Count again the days and hours that are stale; with --since, all days from that one on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which days, beside those that are stale anyway."""
        parser.add_argument("--since", type=date.fromisoformat, help="first day (UTC), as 2026-11-23")
        parser.add_argument("--until", type=date.fromisoformat, help="last day (UTC); default: today")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Mark, then count until nothing is stale any more."""
        now = datetime.now(UTC)
        if options["until"] and not options["since"]:
            raise CommandError("--until needs --since.")
        if options["since"]:
            until = (options["until"] or now.date()) + timedelta(days=1)
            print(f"Days of nodes marked: {mark_range_stale(options['since'], until, now=now)}")
        days = hours = 0
        while (counted := recount_stale(now)).days or counted.hours or counted.is_busy:
            days, hours = days + counted.days, hours + counted.hours
            if counted.is_busy:  # a drain is counting; it ends with its transaction
                time.sleep(_PAUSE_SECONDS)
        print(f"Days of nodes counted: {days}; hours of the fleet: {hours}")
