"""How well are causes told? `python -m bench.score_fleet [--nodes N] [--days D]` asks a simulated fleet, which knows.

The fleet goes as reports of all tools through the whole path into a database made for it, and what came of it there is
held against the truth. What no report can decide is left out: see bench/fleet/scoring.py.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Final

import django

DATA_DIR: Final = Path(tempfile.mkdtemp(prefix="fleetview-bench-"))
DATA_DIR.chmod(0o711)  # root's PostgreSQL runs as somebody else
os.environ["FLEETVIEW_DATA_DIR"] = str(DATA_DIR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.db import connection  # noqa: E402

from bench.fleet.loading import finish, load_nodes  # noqa: E402
from bench.fleet.plan import Plan  # noqa: E402
from bench.fleet.scoring import Scored, score  # noqa: E402
from bench.server import running_postgres  # noqa: E402
from reports.run import Cause  # noqa: E402


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.score_fleet", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nodes", type=int, default=200)
    parser.add_argument("--days", type=int, default=21)
    wanted = parser.parse_args()
    plan = Plan(seed=wanted.seed, nodes=wanted.nodes, days=wanted.days)
    with running_postgres(DATA_DIR):
        connection.settings_dict["TEST"]["NAME"] = "fleetview_score_bench"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            load_nodes(plan, range(plan.nodes))
            finish(plan.until)
            for tool, scored in sorted(score(plan).items()):
                _print(tool, scored)
        finally:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def _print(tool: str, scored: Scored) -> None:
    told = [cause for cause in Cause if any(seen is cause for _, seen in scored.told)]
    print(f"\n{tool + ': true, and told':28}" + "".join(f"{cause.name.lower():>12}" for cause in told))
    for true in Cause:
        counts = [scored.told[true, cause] for cause in told]
        if any(counts):
            print(f"{true.name.lower():28}" + "".join(f"{count:12}" for count in counts))
    for cause in (Cause.CORRECTIVE, Cause.INTENDED):
        precise = f"precision {scored.precision(cause):.3f} ({scored.certain_precision(cause):.3f} where not presumed)"
        print(f"{cause.name.lower()}: {precise}, recall {scored.recall(cause):.3f}")
    print(f"presumed: {scored.presumed.total()} of {scored.told.total()}")
    for (true, seen), example in scored.examples.items():
        print(f"  {true.name.lower()} told as {seen.name.lower()}: {example}")


if __name__ == "__main__":
    main()
