"""What came in day by day, for the page and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Sum

from reports.intake.tables import IntakeDay

_COUNTS = ("stored", "duplicates", "ignored", "refused", "shed", "bytes")


@dataclass(frozen=True, slots=True)
class IntakeDayLine:
    """One UTC day over all doors and senders; `bytes` as sent."""

    day: date
    stored: int
    duplicates: int
    ignored: int
    refused: int
    shed: int
    bytes: int


def list_intake_days(now: datetime, *, days: int = 14) -> tuple[IntakeDayLine, ...]:
    """The last `days` days on which anything came in, newest first. Reads one row a day, door and sender."""
    since = now.astimezone(UTC).date() - timedelta(days=days - 1)
    sums = (
        IntakeDay.objects.filter(day__gte=since)
        .values_list("day")
        .annotate(*(Sum(name) for name in _COUNTS))
        .order_by("-day")
    )
    return tuple(IntakeDayLine(*row) for row in sums)
