"""Become the embedded PostgreSQL: make what is missing, then exec the server in this very process.

There is no pid file of ours to go stale: the parent that started this process watches it, stops it with SIGINT (fast
shutdown) and, if it dies itself, takes the server with it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from fleetview import env
from fleetview.leash import die_with_parent
from fleetview.postgres.binaries import Binaries, copy_wheel, find_binaries, is_wheel
from fleetview.postgres.cluster import major_of, make_cluster, prepare_folders
from fleetview.postgres.owner import Owner, find_owner
from fleetview.postgres.place import Place, find_place
from fleetview.postgres.problem import PostgresProblem
from fleetview.postgres.tuning import server_options


def main() -> None:
    """The command line: a data folder, and whether the data is worth an fsync."""
    parser = argparse.ArgumentParser(prog="python -m fleetview.postgres", description=__doc__)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--throw-away", action="store_true", help="for tests: quicker, and lost with the machine")
    wanted = parser.parse_args()
    try:
        run(find_place(wanted.data_dir), throw_away=wanted.throw_away)
    except PostgresProblem as problem:
        sys.exit(f"postgres: {problem}")


def run(place: Place, *, throw_away: bool) -> None:
    """Never returns: this process is the server from here on."""
    parent = os.getppid()
    owner = find_owner(place.cluster, env.text("FLEETVIEW_POSTGRES_USER") or None)
    found = find_binaries(env.path("FLEETVIEW_POSTGRES_BIN"), major_of(place.cluster))
    prepare_folders(place, owner)
    binaries = _readable(found, owner, place)
    make_cluster(place, binaries, owner)
    _stop_survivor(place, binaries, owner)
    server = str(binaries.bin / "postgres")
    command = [server, "-D", str(place.cluster), *server_options(place, throw_away=throw_away)]
    os.chdir(place.home)
    owner.become()
    die_with_parent(parent, by=signal.SIGINT)
    os.execv(server, command)  # noqa: S606 - no shell is wanted


def _readable(binaries: Binaries, owner: Owner, place: Place) -> Binaries:
    """Binaries that the owner can start: these, or a copy beside the data. Tried, not told from permissions."""
    try:
        owner.run([binaries.bin / "postgres", "--version"], cwd=place.home)
    except PermissionError as error:
        if is_wheel(binaries):
            return copy_wheel(binaries, place.home)
        raise PostgresProblem(f"{owner.name} may not run {binaries.bin}/postgres: mend its permissions.") from error
    return binaries


def _stop_survivor(place: Place, binaries: Binaries, owner: Owner) -> None:
    """A server that outlived its parent holds the files. pg_ctl also knows a stale pid file from a living server."""
    control: list[str | Path] = [binaries.bin / "pg_ctl", "-D", place.cluster]
    if owner.run([*control, "status"], cwd=place.home).returncode == 0:
        sys.stderr.write("LOG:  taking over from a server that was left behind\n")
        sys.stderr.flush()
        owner.run([*control, "-w", "-m", "fast", "stop"], cwd=place.home)


if __name__ == "__main__":
    main()
