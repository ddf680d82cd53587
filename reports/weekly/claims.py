"""Who works on a brief or a mail at this moment: the one whose connection holds its advisory lock.

The lock goes with the connection. So what a process left behind when it died, or was cut off, can be told from what
somebody is still busy with, without any clock.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Claimed(enum.IntEnum):
    """What can be claimed; the first half of the lock's key, the second is an id."""

    BRIEF = 0x42524945
    MAIL = 0x4D41494C


class Claim:
    """One thing, held by a connection of its own, which also writes what everybody is to see at once."""

    __slots__ = ("_connection",)

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: list[int | str]) -> None:
        """Run a statement that is committed at once, whatever transaction the caller is in."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, parameters)


@contextmanager
def claim(kind: Claimed, key: int) -> Iterator[Claim | None]:
    """Hold it until the end of the block; None where somebody else does. Raises OperationalError."""
    connection = connections.create_connection("default")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind.value, key % 2**31])
            is_ours = bool(cursor.fetchone()[0])
        yield Claim(connection) if is_ours else None
    finally:
        connection.close()
