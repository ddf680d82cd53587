"""When are things corrected: on which days, and at which hours of the week?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from reports.analysis.window import Window
from reports.rollups.tables import FleetHour, NodeDay, ResourceDay

Counts = Mapping[int | str, Mapping[date, int]]  # what → day → corrections, days without any being absent


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Corrections by day of the week (Monday first) and hour of the day (UTC), over so many weeks."""

    corrections: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.corrections))


def days_of(window: Window) -> tuple[date, ...]:
    """The UTC days of a window, oldest first."""
    return tuple(window.first_day + timedelta(days=offset) for offset in range(window.days))


def count_days_of_nodes(node_ids: Sequence[int], window: Window) -> Counts:
    """Corrections of these nodes by day. Their rows by key alone."""
    rows = NodeDay.objects.filter(_within(window), node_id__in=list(node_ids), corrections__gt=0)
    return _nest(rows.values_list("node_id", "day", "corrections"))


def count_days_of_resources(resource_ids: Sequence[int], window: Window, *, environment: str | None = None) -> Counts:
    """Corrections of these resources by day, over all nodes or those of one environment. Their rows by key alone."""
    rows = ResourceDay.objects.filter(_within(window), resource_id__in=list(resource_ids), corrections__gt=0)
    if environment:
        rows = rows.filter(environment=environment)
    return _nest(rows.values_list("resource_id", "day").annotate(Sum("corrections")).order_by())


def count_days_of_environments(window: Window) -> Counts:
    """Corrections of each environment by day. Reads the hours of the window."""
    hours = _hours(window).annotate(day=TruncDate("hour"))
    return _nest(hours.values_list("environment", "day").annotate(Sum("corrections")).order_by())


def count_hours_of_week(window: Window, *, environment: str | None = None) -> WeekHours:
    """Corrections of the fleet, or of one environment, by hour of the week. Reads the hours of the window."""
    hours = _hours(window)
    if environment:
        hours = hours.filter(environment=environment)
    counts = [[0] * 24 for _ in range(7)]
    for hour, corrections in hours.values_list("hour").annotate(Sum("corrections")).order_by():
        counts[hour.weekday()][hour.hour] += corrections
    return WeekHours(tuple(map(tuple, counts)))


def _within(window: Window) -> Q:
    return Q(day__gte=window.first_day, day__lt=window.end_day)


def _hours(window: Window) -> QuerySet[FleetHour]:
    return FleetHour.objects.filter(hour__gte=window.since, hour__lt=window.until, corrections__gt=0)


def _nest(rows: Iterable[tuple[Any, date, int]]) -> Counts:
    nested: dict[int | str, dict[date, int]] = {}
    for key, day, corrections in rows:
        nested.setdefault(key, {})[day] = corrections
    return nested
