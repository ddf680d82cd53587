"""Test the forecast on past weeks, and print how it did; the schedule does the same every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.risk.backtest import WEEKS, backtest
from reports.risk.result import BacktestResult


class Command(BaseCommand):
    """`manage.py backtest [--weeks N] [--now TIME]`."""

    help = "Foretell past weeks from what was known before them, and compare with what came and with two baselines."

    def add_arguments(self, parser: CommandParser) -> None:
        """How far back, and from when."""
        parser.add_argument("--weeks", type=int, default=WEEKS, help=f"weeks to test (default: {WEEKS})")
        parser.add_argument("--now", type=datetime.fromisoformat, help="with its offset (default: this moment)")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Test, and print the tables."""
        result = backtest(options["now"] or datetime.now(UTC), weeks=options["weeks"])
        for line in _tell(result):
            self.stdout.write(line)


def _tell(result: BacktestResult) -> Iterator[str]:
    if not result.weeks:
        yield "No week to test yet: a week is foretold from two weeks before it, at least."
        return
    yield f"{len(result.weeks)} weeks, {result.cases} cases, {result.events} of them with a correction or a failure"
    yield ""
    yield f"{'':38}{'AUC':>8}{f'top {result.top}':>8}{'Brier':>8}{'ECE':>8}"
    for score in result.scores:
        numbers = (score.auc, score.precision, score.brier, score.calibration_error)
        yield f"{score.name:38}" + "".join(f"{_number(number):>8}" for number in numbers)
    yield ""
    yield f"{'foretold':>10}{'came':>10}{'cases':>10}"
    for one in result.calibration:
        yield f"{one.foretold:>10.3f}{one.came:>10.3f}{one.cases:>10}"
    yield ""
    yield f"{'week of':>12}{'nodes':>8}{'events':>8}{f'of first {result.top}':>14}{'AUC':>8}"
    for week in result.weeks:
        yield f"{week.since!s:>12}{week.nodes:>8}{week.events:>8}{week.hits:>14.1f}{_number(week.auc):>8}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
