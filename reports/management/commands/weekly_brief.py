"""Make a weekly brief now, into files; the archive is left as it is."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors import FleetviewError
from reports.weekly.documents import PRESS
from reports.weekly.files import save_documents
from reports.weekly.paper import Paper
from reports.weekly.scope import FLEET, Scope
from reports.weekly.views import find_environment, find_view
from reports.weekly.week import IsoWeek


class Command(BaseCommand):
    """`manage.py weekly_brief --week 2026-W47 --out FILE.pdf`."""

    help = "Write the brief of a week as FILE.pdf, and beside it the same as FILE.json and FILE.csv.zip."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which week, of what, and where to."""
        parser.add_argument("--week", help="such as 2026-W47 (default: the last one that is over)")
        parser.add_argument("--out", type=Path, required=True, help="a file whose name ends in .pdf")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--environment", help="of this environment alone")
        scope.add_argument("--view", help="of the nodes of this saved view")
        parser.add_argument("--paper", choices=[paper.name.lower() for paper in Paper], default="a4")
        parser.add_argument("--now", type=datetime.fromisoformat, help="with its offset (default: this moment)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Make it, say how far it is where somebody watches, and print what was written."""
        now, out = options["now"] or datetime.now(UTC), options["out"]
        if out.suffix != ".pdf":
            raise CommandError(f"--out {out}: the name has to end in .pdf")
        if not out.absolute().parent.is_dir():
            raise CommandError(f"--out {out}: there is no folder {out.absolute().parent}")
        try:
            week = IsoWeek.parse(options["week"]) if options["week"] else IsoWeek.of(now).before
            scope = _scope(options["environment"], options["view"])
            documents = PRESS.weekly(scope, week, Paper[options["paper"].upper()], now, self._tell)
        except FleetviewError as error:
            raise CommandError(str(error)) from error
        try:
            for path in save_documents(documents, out):
                self.stdout.write(str(path))
        except OSError as error:
            raise CommandError(f"--out {out}: {error.strerror}") from error

    def _tell(self, per_cent: int, doing: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{per_cent:3} %  {doing}")


def _scope(environment: str | None, view: str | None) -> Scope:
    if view is not None:
        return find_view(view)
    return FLEET if environment is None else find_environment(environment)
