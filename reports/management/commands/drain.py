"""Run drains: take reports out of the spool and store them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.intake.drain import open_drain


class Command(BaseCommand):
    """`manage.py drain [--until-empty] [--workers N]`."""

    help = "Take reports out of this machine's spool and store them, until SIGTERM; the batch under way is finished."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long, and how many at once."""
        parser.add_argument("--until-empty", action="store_true", help="end when nothing waits any more")
        parser.add_argument("--workers", type=int, default=1, help="processes that share the work (default: 1)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Be one of the workers, and start the others."""
        stop = threading.Event()
        others = [self._start(until_empty=options["until_empty"]) for _ in range(options["workers"] - 1)]
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        open_drain(stop).run(until_empty=options["until_empty"])
        for other in others:
            if stop.is_set():
                other.terminate()
            other.wait()

    def _start(self, *, until_empty: bool) -> subprocess.Popen[bytes]:
        command = [sys.executable, sys.argv[0], "drain", *(["--until-empty"] if until_empty else [])]
        return subprocess.Popen(command, env=os.environ)
