"""The PostgreSQL that a bench writes to: the one the settings name, or the embedded one for as long as it takes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg2
from django.conf import settings

_ROOT: Final = Path(__file__).resolve().parents[1]


@contextmanager
def running_postgres(data_dir: Path) -> Iterator[None]:
    """The server of FLEETVIEW_DATABASE_URL, or an embedded one on this data folder, stopped at the end.

    One that runs on the folder already, because Fleetview is being served from it, is used and left running.
    """
    if settings.FLEETVIEW_DATABASE_URL or _is_alive():
        yield
        return
    server = subprocess.Popen([sys.executable, "-m", "fleetview.postgres", str(data_dir)], cwd=_ROOT)
    try:
        _wait_until_alive(server)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # a fast stop, which waits for no connection of ours
        server.wait()


def _wait_until_alive(server: subprocess.Popen[bytes]) -> None:
    while not _is_alive():
        if server.poll() is not None:
            raise RuntimeError("The embedded PostgreSQL did not start; it says why above.")
        time.sleep(0.1)


def _is_alive() -> bool:
    database = settings.DATABASES["default"]
    try:
        psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"]).close()
    except psycopg2.OperationalError:
        return False
    return True
