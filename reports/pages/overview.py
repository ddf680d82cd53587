"""The fleet at a glance: nodes by status, runs per day, what is hot and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.fleet import count_fleet
from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.hottest import list_hottest
from reports.analysis.newest_failures import list_newest_failures
from reports.analysis.runs_per_day import RunsOfDay, count_runs_per_day
from reports.analysis.window import last_days
from reports.charts.figure import Figure
from reports.charts.runs_per_day import draw_runs_per_day
from reports.pages.hotspot_rows import EventRow
from reports.pages.links import link_to_nodes, link_to_runs
from reports.pages.page import Page, show
from reports.pages.rows import FailureRow, NodeRow
from reports.pages.words import OUTCOMES, STATUSES, Word
from reports.people.notes import Noted, find_noted
from reports.run import Outcome

CHART_DAYS = 28
EVENT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Counter:
    """One status: how many nodes have it, and the list of them."""

    word: Word
    nodes: int
    link: str


@dataclass(frozen=True, slots=True)
class DayCell:
    """How many runs of one day ended in one way, and the list of them."""

    runs: int
    css: str
    link: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the table behind the chart."""

    day: date
    total: int
    cells: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """`chart` is None where no run has been counted in its window."""

    counters: tuple[Counter, ...]
    node_count: int
    chart: Figure | None
    chart_days: int
    outcomes: tuple[Word, ...]
    days: tuple[DayRow, ...]
    hottest: tuple[NodeRow, ...]
    failures: tuple[FailureRow, ...]
    events: tuple[EventRow, ...]
    noted: Noted


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page at `/`."""
    return show(request, "overview", build_overview(timezone.now()))


def build_overview(now: datetime) -> OverviewPage:
    """Each part answers one question; none of them reads raw runs beyond the few it shows."""
    fleet = count_fleet(now)
    days = count_runs_per_day(now, days=CHART_DAYS)
    hottest, failures = list_hottest(now), list_newest_failures(now)
    shown = {*(node.node_id for node in hottest), *(failure.run.node_id for failure in failures)}
    return OverviewPage(
        title="Overview",
        section="overview",
        now=now,
        counters=tuple(
            Counter(STATUSES[status], nodes, link_to_nodes(status=status.value)) for status, nodes in fleet.by_status
        ),
        node_count=fleet.total,
        chart=draw_runs_per_day(days, link_to_day) if any(day.total for day in days) else None,
        chart_days=CHART_DAYS,
        outcomes=tuple(OUTCOMES[outcome] for outcome in sorted(Outcome, reverse=True)),
        days=tuple(_day_row(day) for day in reversed(days)),
        hottest=tuple(NodeRow.of(node) for node in hottest),
        failures=tuple(FailureRow.of(failure) for failure in failures),
        events=tuple(EventRow.of(event) for event in list_fleet_events(last_days(EVENT_DAYS, now), limit=5)),
        noted=find_noted(now, nodes=shown),
    )


def link_to_day(day: date, outcome: Outcome) -> str:
    """The runs of one UTC day that ended in this way."""
    start = datetime.combine(day, time(), UTC)
    return link_to_runs(outcome=outcome.name.lower(), since=day, until=(start + timedelta(days=1)).date())


def _day_row(day: RunsOfDay) -> DayRow:
    cells = (DayCell(runs, OUTCOMES[outcome].name, link_to_day(day.day, outcome)) for outcome, runs in day.by_outcome)
    return DayRow(day.day, day.total, tuple(cells))
