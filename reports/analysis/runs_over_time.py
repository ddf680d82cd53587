"""How many runs were there each day or hour, and how did they end?"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.db.models import Q, Sum
from django.db.models.functions import TruncDay, TruncHour

from reports.rollups.tables import FleetHour
from reports.run import Outcome

_HOUR: Final = timedelta(hours=1)


class Step(enum.Enum):
    """How finely time is cut, with the length of a step. Days and hours are UTC."""

    DAY = timedelta(days=1)
    HOUR = _HOUR


@dataclass(frozen=True, slots=True)
class RunsOfStep:
    """A day or an hour of the fleet: finished runs by outcome, worst first. Every outcome is there."""

    start: datetime
    by_outcome: tuple[tuple[Outcome, int], ...]

    @property
    def total(self) -> int:
        return sum(runs for _, runs in self.by_outcome)


@dataclass(frozen=True, slots=True)
class RunsOverTime:
    """Oldest step first, the present one included. `last_hour`: runs of the last hour that is over."""

    step: Step
    steps: tuple[RunsOfStep, ...]
    last_hour: int

    @property
    def is_empty(self) -> bool:
        return not any(step.total for step in self.steps)


def count_runs(now: datetime, step: Step, *, steps: int) -> RunsOverTime:
    """The last `steps` days or hours; those without a run too.

    Reads the window of fleet_hour: hours times environments times tools, and nothing that grows with the nodes.
    """
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    latest = hour if step is Step.HOUR else datetime.combine(hour.date(), time(), UTC)
    first = latest - (steps - 1) * step.value
    cut = TruncHour("hour", tzinfo=UTC) if step is Step.HOUR else TruncDay("hour", tzinfo=UTC)
    sums = (
        FleetHour.objects.filter(hour__gte=min(first, hour - _HOUR))
        .annotate(start=cut)
        .values_list("start", "outcome")
        .annotate(total=Sum("runs"), lately=Sum("runs", filter=Q(hour=hour - _HOUR), default=0))
        .order_by()
    )
    rows = list(sums)
    found = {(start, outcome): total for start, outcome, total, _ in rows}
    worst_first = sorted(Outcome, reverse=True)
    return RunsOverTime(
        step,
        tuple(
            RunsOfStep(start, tuple((outcome, found.get((start, int(outcome)), 0)) for outcome in worst_first))
            for start in (first + number * step.value for number in range(steps))
        ),
        last_hour=sum(lately for *_, lately in rows),
    )
