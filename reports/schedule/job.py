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


class Lane(enum.Enum):
    """What runs in one thread."""

    SHORT = "default"  # few, short, and some must not meet
    BRIEFS = "briefs"  # takes seconds, and a person waits for it
    MAILS = "mails"  # waits for another server


@dataclass(frozen=True, slots=True)
class Job:
    """One public function of one room, called with the time. What it gives back is logged; None: it was not due.

    Jobs of one lane run one after the other; those of another lane do not wait for them.
    """

    name: str
    run: Callable[[datetime], object]
    every: timedelta
    where: Where
    lane: Lane = Lane.SHORT
