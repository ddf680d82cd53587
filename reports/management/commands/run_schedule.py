"""`manage.py run_schedule`: do what is due, until stopped. Any number of machines may run it."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from reports.schedule.clock import make_clock
from reports.schedule.jobs import JOBS


class Command(BaseCommand):
    """Thin: the clock is in reports/schedule/clock.py, the jobs in reports/schedule/jobs.py."""

    help = "Run the regular jobs (partitions, retention) until stopped; several machines share them."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Runs until SIGTERM or SIGINT; a job under way is finished first."""
        clock = make_clock(JOBS)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: clock.shutdown(wait=False))
        clock.start()
