"""Which of several machines does what must be done once: the one that holds an advisory lock in PostgreSQL.

The lock belongs to a connection, so a machine that dies or is cut off gives it up by itself.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_LOCK = 0x466C6565_74000002  # "Fleet": the advisory lock of the schedule


class Leadership:
    """A connection of its own that holds the lock, or tries to. Used by one thread."""

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None

    def is_held(self) -> bool:
        """Whether this machine leads at this moment. Raises OperationalError when PostgreSQL cannot be reached."""
        if self._connection is None:
            self._connection = connections.create_connection("default")
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])  # true again for who holds it already
                return bool(cursor.fetchone()[0])
        except (OperationalError, InterfaceError):
            self.give_up()
            raise

    def give_up(self) -> None:
        """Let go of the lock, and close the connection.

        In two steps, because a server ends a closed connection in its own time, and another machine need not wait.
        """
        if self._connection is not None:
            with suppress(OperationalError, InterfaceError), self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()
            self._connection = None
