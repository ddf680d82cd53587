"""How many runs were there each day, and how did they end?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import DateField, Sum
from django.db.models.functions import TruncDate

from reports.rollups.tables import FleetHour
from reports.run import Outcome


@dataclass(frozen=True, slots=True)
class RunsOfDay:
    """One UTC day of the fleet: finished runs by outcome, worst first. Every outcome is there."""

    day: date
    by_outcome: tuple[tuple[Outcome, int], ...]

    @property
    def total(self) -> int:
        return sum(runs for _, runs in self.by_outcome)


def count_runs_per_day(now: datetime, *, days: int = 28) -> tuple[RunsOfDay, ...]:
    """The last `days` days, today included, oldest first; days without a run too.

    Reads the window of fleet_hour: hours times environments times tools, and nothing that grows with the nodes.
    """
    first = now.astimezone(UTC).date() - timedelta(days=days - 1)
    sums = (
        FleetHour.objects.filter(hour__gte=datetime.combine(first, time(), UTC))
        .annotate(day=TruncDate("hour", output_field=DateField()))
        .values_list("day", "outcome")
        .annotate(total=Sum("runs"))
        .order_by()
    )
    found = {(day, outcome): total for day, outcome, total in sums}
    worst_first = sorted(Outcome, reverse=True)
    return tuple(
        RunsOfDay(day, tuple((outcome, found.get((day, int(outcome)), 0)) for outcome in worst_first))
        for day in (first + timedelta(days=offset) for offset in range(days))
    )
