"""Have reports read again that were refused, or that are still kept."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors import NothingFound
from reports.intake.replay import replay_kept, replay_refused
from reports.intake.setup import spool


class Command(BaseCommand):
    """`manage.py replay [ID …|--all|--kept --since DAY]`."""

    help = "Put refused reports of this machine back into the spool, after an upgrade for instance; or kept ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which ones."""
        parser.add_argument(
            "ids", nargs="*", type=UUID, metavar="ID", help="refused reports, as the intake page names them"
        )
        parser.add_argument("--all", action="store_true", help="all refused reports of this machine")
        parser.add_argument("--kept", action="store_true", help="instead: reports that were understood and are kept")
        parser.add_argument("--since", type=date.fromisoformat, help="with --kept: the first day of arrival (UTC)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Put them back and say how many."""
        ids, is_all, is_kept, since = options["ids"], options["all"], options["kept"], options["since"]
        if [bool(ids), is_all, is_kept].count(True) != 1 or is_kept != (since is not None):
            raise CommandError("say which: IDs, or --all, or --kept --since 2026-11-01")
        try:
            count = replay_kept(spool(), since) if is_kept else replay_refused(spool(), None if is_all else ids)
        except NothingFound as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} back in the spool")
