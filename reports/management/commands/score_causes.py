"""Score the causes that are told of a corpus of reports against what its manifests know to be true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.scoring.corpus import score_corpora
from reports.scoring.printing import print_tally, print_wrong


class Command(BaseCommand):
    """`manage.py score_causes PATH [--wrong]`."""

    help = (
        "Play the reports of a corpus (PATH/<tool>/manifest.json) through the database in a transaction that is rolled "
        "back, and print how well causes were told. Exit status 1 when an aim is missed. Drains wait meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which corpus, and how much to say."""
        parser.add_argument("path", type=Path, help="folder with a folder for each tool")
        parser.add_argument("--wrong", action="store_true", help="list what was told wrongly")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Score pass by pass."""
        missed = scored = 0
        for score in score_corpora(options["path"]):
            self.stdout.write(f"== {score.name}")
            if score.tally:
                scored += 1
                lines = [*print_tally(score.tally), *(print_wrong(score.tally) if options["wrong"] else ())]
                self.stdout.write("\n".join(lines))
            for sentence in score.misses:
                self.stdout.write(f"MISSED: {sentence}")
            missed += len(score.misses)
            self.stdout.write("")
        if missed or not scored:
            raise CommandError(f"{missed} aims missed" if scored else f"no corpus below {options['path']}")
        self.stdout.write("Rows in brackets are neither right nor wrong. Every aim was reached.")
