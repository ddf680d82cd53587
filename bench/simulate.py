"""A simulated fleet, as bytes or in the database: `python -m bench.simulate --nodes 1000 --days 30 --database`.

The same arguments give the same bytes. `--out` writes them to a folder, with the truth beside them; `--post` posts them
at the doors of a server; `--database` stores them as a drain does, into the database of the settings (the embedded one
of FLEETVIEW_DATA_DIR is started for it), which is the quickest way to a large fleet.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the environment first
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.fleet.files import write_fleet  # noqa: E402
from bench.fleet.loading import Loaded, finish, load_nodes, load_oddities  # noqa: E402
from bench.fleet.plan import Plan, Shape  # noqa: E402
from bench.fleet.whole import tell_fleet  # noqa: E402
from bench.server import running_postgres  # noqa: E402
from reports.demo.post import Poster  # noqa: E402

_NODES_AT_ONCE: Final = 10  # given to a process at a time


def main() -> None:
    """The command line."""
    wanted = _parser().parse_args()
    plan = _plan(wanted)
    if wanted.out:
        print(f"{write_fleet(plan, wanted.out)} reports in {wanted.out}")
    elif wanted.post:
        print(f"{_post(plan, wanted.post, wanted.token)} reports posted")
    else:
        with running_postgres(settings.FLEETVIEW_DATA_DIR):
            _load(plan, wanted.processes, wanted.login)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--runs-a-day", type=float, default=4.0)
    parser.add_argument("--until", type=datetime.fromisoformat, help="end of the fleet's time; now, to the hour")
    parser.add_argument("--shape", type=Shape, choices=[*Shape], default=Shape.EVEN)
    parser.add_argument("--outage", action="store_true", help="four fifths of the fleet fail in the last hour")
    parser.add_argument("--oddities", action="store_true", help="nodes that bend what is not made for them")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="that load, with --database")
    parser.add_argument("--login", metavar="NAME:PASSWORD", help="a login to look at it with, with --database")
    parser.add_argument("--token", default="", help="to post with")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--out", type=Path, metavar="FOLDER")
    way.add_argument("--post", metavar="URL")
    way.add_argument("--database", action="store_true")
    return parser


def _plan(wanted: argparse.Namespace) -> Plan:
    until = wanted.until or datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return Plan(
        seed=wanted.seed,
        nodes=wanted.nodes,
        days=wanted.days,
        runs_a_day=wanted.runs_a_day,
        until=until.astimezone(UTC),
        shape=wanted.shape,
        has_outage=wanted.outage,
        has_oddities=wanted.oddities,
    )


def _post(plan: Plan, url: str, token: str) -> int:
    count = 0
    with Poster(url, token) as poster:
        for told in tell_fleet(plan):
            poster.post(told.report)
            count += 1
    return count


def _load(plan: Plan, processes: int, login: str | None) -> None:
    call_command("migrate", verbosity=0)
    if login:
        name, _, password = login.partition(":")
        get_user_model().objects.filter(username=name).delete()
        get_user_model().objects.create_superuser(name, password=password)
    began = time.monotonic()
    total = Loaded(0, 0, 0.0, 0.0, 0.0)
    for number, loaded in enumerate(_loaded(plan, processes), start=1):
        total += loaded
        if number % 10 == 0:
            print(f"{number * _NODES_AT_ONCE:7} nodes, {total.reports:9} reports, {time.monotonic() - began:6.0f} s")
    stored = time.monotonic()
    finish(plan.until)
    _print(total, stored - began, time.monotonic() - stored)


def _loaded(plan: Plan, processes: int) -> Iterator[Loaded]:
    """What each portion of nodes came to, as they are done; every node is one process's alone."""
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
        portions = (range(plan.nodes)[first : first + _NODES_AT_ONCE] for first in range(0, plan.nodes, _NODES_AT_ONCE))
        jobs = [pool.submit(load_nodes, plan, portion) for portion in portions]
        if plan.has_oddities:
            jobs.append(pool.submit(load_oddities, plan))
        for job in as_completed(jobs):
            yield job.result()


def _print(total: Loaded, loading: float, finishing: float) -> None:
    count = max(total.reports, 1)
    rows: Sequence[tuple[str, float]] = (
        ("telling", total.telling),
        ("reading", total.reading),
        ("storing, without PostgreSQL", total.storing),
    )
    print(f"{total.reports} reports, {total.size / count:.0f} bytes each, {count / loading:.0f} a second")
    print(f"loaded in {loading:.0f} s, told and counted again in {finishing:.0f} s\n")
    for name, seconds in rows:
        print(f"{name:30}{seconds / count * 1000:8.2f} ms of CPU a report")


if __name__ == "__main__":
    main()
