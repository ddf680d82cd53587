"""Wait for a database that is away: ever longer, saying so once, and saying once when it is back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import Error, connection

from reports.intake.saving import DatabaseGone, is_passing

logger = logging.getLogger(__name__)

_FIRST_SECONDS = 0.2
_MOST_SECONDS = 5.0

Result = TypeVar("Result")


class Stopped(Exception):
    """Asked to stop while the database was away."""


class Patience:
    """Runs what needs the database, again and again until it is there; Stopped when asked to stop meanwhile."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._is_away = False

    def insist(self, act: Callable[[], Result]) -> Result:
        """What `act` gives back, however long it takes."""
        pause = _FIRST_SECONDS
        while True:
            try:
                result = act()
            except DatabaseGone as gone:
                self._say_away(gone)
            except Error as error:
                if not is_passing(error):
                    raise
                self._say_away(error)
            else:
                self._say_back()
                return result
            connection.close()
            if self._stop.wait(pause):
                raise Stopped
            pause = min(pause * 2, _MOST_SECONDS)

    def _say_away(self, error: Exception) -> None:
        if not self._is_away:
            reason = str(error).strip().partition("\n")[0]
            logger.warning("PostgreSQL cannot be used (%s). Reports wait in the spool; trying again.", reason)
        self._is_away = True

    def _say_back(self) -> None:
        if self._is_away:
            logger.warning("PostgreSQL is back.")
        self._is_away = False
