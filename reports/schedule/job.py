"""What a job is."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


class Where(enum.Enum):
    """On how many machines a job runs, where several share one database."""

    ONE_MACHINE = "one machine"  # works on the database
    EVERY_MACHINE = "every machine"  # works on the machine's own files


@dataclass(frozen=True, slots=True)
class Job:
    """One public function of one room, called with the time. What it gives back is logged; None: it was not due."""

    name: str
    run: Callable[[datetime], object]
    every: timedelta
    where: Where
