"""Does all that is sent come in? For a glance at it, beside other things; the page of the intake tells the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Max, Q, Sum

from reports.intake.setup import spool
from reports.intake.tables import IntakeDay

LOOKS_BACK: Final = timedelta(days=7)
PATIENCE_SECONDS: Final = 60.0  # a report that has waited longer was left by the drain


@dataclass(frozen=True, slots=True)
class IntakeHealth:
    """`last_received_at` is None where nothing came in within a week. What waits, does so on this machine."""

    last_received_at: datetime | None
    refused_today: int
    pending: int
    oldest_pending_seconds: float | None

    @property
    def is_behind(self) -> bool:
        return self.oldest_pending_seconds is not None and self.oldest_pending_seconds > PATIENCE_SECONDS


def find_intake_health(now: datetime) -> IntakeHealth:
    """Reads a week of intake_day, a row a day, door and sender, and looks once at the spool."""
    today = now.astimezone(UTC).date()
    seen = IntakeDay.objects.filter(day__gte=today - LOOKS_BACK).aggregate(
        last=Max("last_received_at"), refused=Sum("refused", filter=Q(day=today), default=0)
    )
    waiting = spool().weigh()
    oldest = waiting.oldest_ns
    return IntakeHealth(
        last_received_at=seen["last"],
        refused_today=seen["refused"],
        pending=waiting.files,
        oldest_pending_seconds=None if oldest is None else max(0.0, now.timestamp() - oldest / 1e9),
    )
