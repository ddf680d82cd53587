"""Does the ranking by risk beat its baselines? `python -m bench.backtest_seeds --seeds 10` asks simulated fleets.

Each goes as reports of all tools through the whole path into the database, and `backtest` has what came of it there.

Empties the database of the settings for each seed: give it a folder of its own in FLEETVIEW_DATA_DIR.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
os.environ.setdefault("FLEETVIEW_RETENTION_DAYS", "400")  # all of a fleet's reports are let in, however old
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.server import running_postgres  # noqa: E402
from reports.risk.backtest import backtest  # noqa: E402
from reports.risk.result import BacktestResult, Score  # noqa: E402
from reports.store.partitions import PARTITIONED  # noqa: E402

UNTIL = datetime(2026, 11, 23, tzinfo=UTC)
MOST_ERROR = 0.05


def main() -> None:
    """The command line; ends with 1 where a seed falls short."""
    parser = argparse.ArgumentParser(prog="python -m bench.backtest_seeds", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="1 to N")
    parser.add_argument("--nodes", type=int, default=80)
    parser.add_argument("--days", type=int, default=182)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--runs-a-day", type=float, default=4.0)
    wanted = parser.parse_args()
    with running_postgres(settings.FLEETVIEW_DATA_DIR):
        call_command("migrate", verbosity=0)
        results = [_test(seed, wanted) for seed in range(1, wanted.seeds + 1)]
    good = sum(map(_is_good, results))
    print(
        f"\n{good} of {len(results)} seeds beat both baselines in AUC and precision, and have an ECE up to {MOST_ERROR}"
    )
    sys.exit(good < len(results))


def _test(seed: int, wanted: argparse.Namespace) -> BacktestResult:
    began = time.monotonic()
    _empty()
    command = ["-m", "bench.simulate", "--database", "--seed", str(seed), "--until", UNTIL.isoformat()]
    sizes = ["--nodes", str(wanted.nodes), "--days", str(wanted.days), "--runs-a-day", str(wanted.runs_a_day)]
    subprocess.run([sys.executable, *command, *sizes], check=True, stdout=subprocess.DEVNULL)
    result = backtest(UNTIL, weeks=wanted.weeks)
    if seed == 1:
        _print_head(result)
    cells = " | ".join(_cell(score) for score in result.scores)
    verdict = "yes" if _is_good(result) else "no"
    print(f"| {seed} | {result.cases} | {result.events} | {cells} | {verdict} |", flush=True)
    print(f"  ({time.monotonic() - began:.0f} s)", file=sys.stderr)
    return result


def _empty() -> None:
    """No facts and no counts; the flush leaves out what Django does not manage."""
    call_command("flush", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(PARTITIONED)}")


def _print_head(result: BacktestResult) -> None:
    names = " | ".join(f"{score.name}: AUC, top {result.top}, Brier, ECE" for score in result.scores)
    print(f"| seed | cases | events | {names} | beats both |")
    print("|---" * (len(result.scores) + 4) + "|")


def _cell(score: Score) -> str:
    numbers = (score.auc, score.precision, score.brier, score.calibration_error)
    return ", ".join("-" if number is None else f"{number:.3f}" for number in numbers)


def _is_good(result: BacktestResult) -> bool:
    """Better than each baseline in both, and calibrated."""
    if not result.scores:
        return False
    ours, *baselines = result.scores
    return (ours.calibration_error or 0.0) <= MOST_ERROR and all(_is_better(ours, other) for other in baselines)


def _is_better(ours: Score, other: Score) -> bool:
    return (ours.auc or 0.0) > (other.auc or 0.0) and (ours.precision or 0.0) > (other.precision or 0.0)


if __name__ == "__main__":
    main()
