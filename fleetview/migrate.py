"""Bring the tables up to date as soon as PostgreSQL answers; machines that start together take turns."""

from __future__ import annotations

import os
import sys
import time

import django
from django.core.management import call_command
from django.db import OperationalError, connection

_LOCK = 0x466C6565_74000001  # "Fleet": the advisory lock of migrations
_LONGEST_PAUSE = 15.0  # seconds


def main() -> None:
    """Wait for the database however long it takes, then migrate. Any other failure is one, with its traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
    django.setup()
    wait_for_database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])  # freed with the connection
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def wait_for_database() -> None:
    """Return when a connection works; say once why it does not, and once that it does."""
    pause, said = 0.1, ""
    while reason := _unreachable():
        if reason != said and pause > 1:  # the embedded server takes a second to start
            sys.stderr.write(f"waiting for PostgreSQL: {reason}\n")
            sys.stderr.flush()
            said = reason
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
    if said:
        sys.stderr.write("PostgreSQL answers\n")


def _unreachable() -> str | None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return str(error).splitlines()[0]
    return None


if __name__ == "__main__":
    main()
