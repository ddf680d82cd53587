"""Wrong passwords are slowed down: of one name, and from one address. Told from the audit log, where they stand anyway.

Each failure beyond the first few doubles the wait until the next try, up to a minute. A try that comes too early is not
looked at, so it counts as none: somebody who is being guessed at still gets in between two guesses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Q

from reports.people.audit import Act
from reports.people.tables import AuditEntry
from reports.store.text import clean_name

WITHIN: Final = timedelta(minutes=15)
FREE_OF_NAME: Final = 5
FREE_OF_ADDRESS: Final = 20  # a whole office may stand behind one address
LONGEST: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries of late, and the last of them."""

    count: int
    last_at: datetime | None

    def wait(self, free: int, now: datetime) -> timedelta:
        """How long the next try has to wait from now on; nothing, where it need not."""
        if self.count < free or self.last_at is None:
            return timedelta(0)
        pause = min(timedelta(seconds=2 ** min(self.count - free + 1, 10)), LONGEST)
        return max(self.last_at + pause - now, timedelta(0))


def seconds_to_wait(name: str, address: str | None, *, now: datetime) -> int:
    """Whole seconds until a try of this name from this address is looked at; 0: at once. One short walk of an index."""
    of_name, of_address = Q(subject=clean_name(name)), Q(address=address)
    found = AuditEntry.objects.filter(act=Act.LOGIN_FAILED, at__gt=now - WITHIN).aggregate(
        of_name=Count("id", filter=of_name),
        last_of_name=Max("at", filter=of_name),
        of_address=Count("id", filter=of_address),
        last_of_address=Max("at", filter=of_address),
    )
    waits = [
        Tries(found["of_name"], found["last_of_name"]).wait(FREE_OF_NAME, now),
        Tries(found["of_address"] if address else 0, found["last_of_address"]).wait(FREE_OF_ADDRESS, now),
    ]
    return math.ceil(max(waits).total_seconds())
