"""How many runs were there each day or hour, and how did they end?"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, NamedTuple

from django.db.models import Q, Sum
from django.db.models.functions import TruncDay, TruncHour

from reports.analysis.window import Window
from reports.rollups.tables import FleetHour
from reports.run import Outcome

_HOUR: Final = timedelta(hours=1)


class Step(enum.Enum):
    """How finely time is cut, with the length of a step. Days and hours are UTC."""

    DAY = timedelta(days=1)
    HOUR = _HOUR


@dataclass(frozen=True, slots=True)
class RunsOfStep:
    """A day or an hour of the fleet: finished runs by outcome, worst first, and the corrections in them. Every outcome
    is there."""

    start: datetime
    by_outcome: tuple[tuple[Outcome, int], ...]
    corrections: int = 0

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
    rows = _read(min(first, hour - _HOUR), None, step, lately=hour - _HOUR)
    return RunsOverTime(step, _lay(rows, first, step, steps), last_hour=sum(row.lately for row in rows))


def count_runs_of_days(window: Window, *, environment: str | None = None) -> tuple[RunsOfStep, ...]:
    """The same of each UTC day of a window, of the fleet or one environment. Reads the window of fleet_hour."""
    rows = _read(window.since, window.until, Step.DAY, environment=environment)
    return _lay(rows, window.since, Step.DAY, window.days)


class _Row(NamedTuple):
    start: datetime
    outcome: int
    runs: int
    corrections: int
    lately: int


def _read(
    since: datetime,
    until: datetime | None,
    step: Step,
    *,
    environment: str | None = None,
    lately: datetime | None = None,
) -> list[_Row]:
    """Sums by step and outcome; `lately` is the hour that is summed by itself."""
    hours = FleetHour.objects.filter(hour__gte=since)
    if until is not None:
        hours = hours.filter(hour__lt=until)
    if environment is not None:
        hours = hours.filter(environment=environment)
    cut = TruncHour("hour", tzinfo=UTC) if step is Step.HOUR else TruncDay("hour", tzinfo=UTC)
    sums = (
        hours.annotate(start=cut)
        .values_list("start", "outcome")
        .annotate(total=Sum("runs"), corrected=Sum("corrections"), lately=Sum("runs", filter=Q(hour=lately), default=0))
        .order_by()
    )
    return [_Row(*row) for row in sums]


def _lay(rows: Sequence[_Row], first: datetime, step: Step, steps: int) -> tuple[RunsOfStep, ...]:
    """Every step from the first on, in order."""
    runs = {(row.start, row.outcome): row.runs for row in rows}
    corrections: Counter[datetime] = Counter()
    for row in rows:
        corrections[row.start] += row.corrections
    worst_first = sorted(Outcome, reverse=True)
    return tuple(
        RunsOfStep(start, tuple((one, runs.get((start, int(one)), 0)) for one in worst_first), corrections[start])
        for start in (first + number * step.value for number in range(steps))
    )
