"""Start the embedded PostgreSQL for a test: with these binaries, as this user, and see that it ends."""

from __future__ import annotations

import functools
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import extensions

from fleetview.postgres.place import DATABASE, ROLE, Place, find_place

ROOT = Path(__file__).resolve().parents[3]
IS_ROOT = os.geteuid() == 0
ORDINARY = pwd.getpwnam("nobody")


@functools.cache
def python_for_ordinary() -> str | None:
    """An interpreter that the ordinary user may run, with our code and its packages in reach; None where none is."""
    look = "import django, fleetview.postgres.place"
    for python in (sys.executable, "/usr/bin/python3"):
        command = _as_ordinary([python, "-c", look])
        if Path(python).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return python
    return None


def command_for(data_dir: Path, binaries: Path, *, ordinary: bool) -> list[str]:
    """The command that becomes the server."""
    arguments = ["-m", "fleetview.postgres", str(data_dir), "--throw-away"]
    python = python_for_ordinary() if ordinary else sys.executable
    command = ["env", f"FLEETVIEW_POSTGRES_BIN={binaries}", python or "", *arguments]
    return _as_ordinary(command) if ordinary else command


@contextmanager
def launched(data_dir: Path, binaries: Path, *, ordinary: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A server that answers, killed at the end if the test has not stopped it."""
    process = subprocess.Popen(
        command_for(data_dir, binaries, ordinary=ordinary), cwd=ROOT, text=True, stderr=subprocess.PIPE
    )
    try:
        wait_until_alive(process, find_place(data_dir))
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def refused(data_dir: Path, binaries: Path, *, ordinary: bool = False) -> str:
    """What a launcher says that must not start anything."""
    command = command_for(data_dir, binaries, ordinary=ordinary)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1, done.stderr
    return done.stderr


def wait_until_alive(process: subprocess.Popen[str], place: Place) -> None:
    """Return when a connection works."""
    deadline = time.monotonic() + 60
    while not is_alive(place):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_until_gone(place: Place) -> None:
    """Return when nothing answers any more."""
    deadline = time.monotonic() + 20
    while is_alive(place):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(place: Place) -> bool:
    """Whether a connection works."""
    try:
        connect(place).close()
    except psycopg2.OperationalError:
        return False
    return True


def connect(place: Place) -> extensions.connection:
    """A connection, in autocommit."""
    connection = psycopg2.connect(host=str(place.socket), user=ROLE, dbname=DATABASE)
    connection.autocommit = True
    return connection


def ask(place: Place, statement: str) -> object:
    """The first value that a statement gives."""
    connection = connect(place)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return row[0] if row else None


def remove(data_dir: Path) -> None:
    """A data folder with all that belongs to it, wherever that lies."""
    place = find_place(data_dir)
    for folder in (place.socket, place.home, data_dir):
        shutil.rmtree(folder, ignore_errors=True)


def _as_ordinary(command: list[str]) -> list[str]:
    if not IS_ROOT:
        return command
    packages = sysconfig.get_path("purelib")
    become = ["setpriv", f"--reuid={ORDINARY.pw_uid}", f"--regid={ORDINARY.pw_gid}", "--clear-groups"]
    return [*become, "env", f"PYTHONPATH={ROOT}:{packages}", "PYTHONDONTWRITEBYTECODE=1", *command]
