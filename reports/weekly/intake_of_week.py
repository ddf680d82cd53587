"""Whether all that was sent in a week came in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reports.intake.days import IntakeDayLine, list_intake_days
from reports.intake.health import find_intake_health
from reports.weekly.looking_at import Asked
from reports.weekly.parts import Intake

NO_INTAKE: Final = Intake(0, 0, 0, 0, 0, 0, 0, 0, None, 0, None, is_behind=False)
_COUNTED: Final = ("stored", "duplicates", "ignored", "refused", "shed")


def gather_intake(asked: Asked) -> Intake:
    """Of the whole fleet: its days are those of the page of the intake. Reads a row a day, door and sender from the
    week before on, and looks once at the spool."""
    window, now = asked.window, asked.now
    days = list_intake_days(now, days=(now.date() - window.before().first_day).days + 1)
    week = [day for day in days if window.first_day <= day.day < window.end_day]
    health = find_intake_health(now)
    sums = {name: _sum(week, name) for name in (*_COUNTED, "bytes")}
    return Intake(
        accepted=sum(sums[name] for name in _COUNTED),
        stored=sums["stored"],
        duplicates=sums["duplicates"],
        ignored=sums["ignored"],
        refused=sums["refused"],
        shed=sums["shed"],
        size=sums["bytes"],
        refused_before=_sum((day for day in days if day.day < window.first_day), "refused"),
        last_received_at=health.last_received_at,
        pending=health.pending,
        oldest_pending_seconds=health.oldest_pending_seconds,
        is_behind=health.is_behind,
    )


def _sum(days: Iterable[IntakeDayLine], name: str) -> int:
    return sum(getattr(day, name) for day in days)
