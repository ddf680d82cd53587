"""The fleet at a glance: nodes by status, what fails, runs over time, what is hot, who is silent, what comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.failures import Failing, ask_failures
from reports.analysis.fleet import count_fleet
from reports.analysis.fleet_events import FleetEventStory, ask_fleet_events
from reports.analysis.hottest import HotNode, HotResource, ask_hottest, ask_hottest_resources
from reports.analysis.runs_over_time import Step, count_runs
from reports.analysis.silent import list_silent
from reports.analysis.status import NodeStatus
from reports.analysis.together import answer_together
from reports.analysis.window import last_days
from reports.charts.figure import Figure
from reports.charts.runs_over_time import draw_runs
from reports.errors import BadQuestion
from reports.intake.health import find_intake_health
from reports.pages.asked import Tab, text_asked, turn_tabs
from reports.pages.hotspot_rows import EventRow
from reports.pages.overview_rows import (
    Counter,
    FailureLine,
    HotLine,
    IntakeLine,
    SilentLine,
    StepRow,
    lay_counters,
    link_to_step,
)
from reports.pages.page import Page, is_part, show
from reports.pages.words import OUTCOMES, Word
from reports.people.notes import Noted, find_noted
from reports.run import Outcome

# What the chart spans: the value in the address, the length of a step, and how many of them.
SPANS: Final = {None: (Step.DAY, 28), "24h": (Step.HOUR, 24)}
SPAN_LABELS: Final[dict[str | None, str]] = {"24h": "24 hours", None: "28 days"}
EVENT_DAYS: Final = 7
LINES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """`chart` is None where no run has been counted in its window. `address` is where the page is asked for anew."""

    address: str
    counters: tuple[Counter, ...]
    node_count: int
    silent_count: int
    failing: Failing
    failures: tuple[FailureLine, ...]
    chart: Figure | None
    spans: tuple[Tab, ...]
    is_hourly: bool
    outcomes: tuple[Word, ...]
    steps: tuple[StepRow, ...]
    hot_nodes: tuple[HotLine, ...]
    hot_resources: tuple[HotLine, ...]
    events: tuple[EventRow, ...]
    silent: tuple[SilentLine, ...]
    intake: IntakeLine
    noted: Noted


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The page at `/`; asked for by itself, every half a minute, the part of it that moves."""
    page = build_overview(request.GET, timezone.now(), address=request.get_full_path())
    return show(request, "parts/overview_live" if is_part(request) else "overview", page)


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The page at `/wall/`: the same to be read from the other end of a room."""
    page = build_overview(request.GET, timezone.now(), address=request.get_full_path())
    return show(request, "parts/wall_live" if is_part(request) else "wall", page)


def build_overview(query: QueryDict, now: datetime, *, address: str) -> OverviewPage:
    """Each part answers one question with one statement of its own; none of them reads runs beyond the few it names."""
    span = text_asked(query, "span")
    if span not in SPANS:
        raise BadQuestion(f"span: there is no {(span or '')[:80]}; choose 24h, or leave it out for 28 days")
    step, count = SPANS[span]
    fleet = count_fleet(now)
    runs = count_runs(now, step, steps=count)
    silent = list_silent(now, limit=LINES)
    failing, nodes, resources, events = _ask_what_is_wrong(now)
    failed = {failure.key for failure in failing.failures if failure.resource and failure.key}
    return OverviewPage(
        title="Overview",
        section="overview",
        now=now,
        address=address,
        counters=lay_counters(fleet),
        node_count=fleet.total,
        silent_count=dict(fleet.by_status)[NodeStatus.SILENT],
        failing=failing,
        failures=tuple(FailureLine.of(failure) for failure in failing.failures),
        chart=None if runs.is_empty else draw_runs(runs, lambda start, outcome: link_to_step(start, outcome, step)),
        spans=turn_tabs(query, "span", SPAN_LABELS, chosen=span),
        is_hourly=step is Step.HOUR,
        outcomes=tuple(OUTCOMES[outcome] for outcome in sorted(Outcome, reverse=True)),
        steps=tuple(StepRow.of(of_step, step) for of_step in reversed(runs.steps)),
        hot_nodes=tuple(HotLine.of_node(node) for node in nodes),
        hot_resources=tuple(HotLine.of_resource(one) for one in resources),
        events=tuple(EventRow.of(event) for event in events),
        silent=tuple(SilentLine.of(node) for node in silent),
        intake=IntakeLine.of(find_intake_health(now), runs.last_hour),
        noted=find_noted(
            now,
            nodes={line.node_id for lines in (nodes, silent, failing.failures) for line in lines},
            resources={line.resource_id for lines in (resources, events) for line in lines} | failed,
        ),
    )


def _ask_what_is_wrong(
    now: datetime,
) -> tuple[Failing, tuple[HotNode, ...], tuple[HotResource, ...], tuple[FleetEventStory, ...]]:
    """What fails, what is hot, and what hit many nodes at once: in one way to the database."""
    return answer_together(
        ask_failures(now),
        ask_hottest(now, limit=LINES),
        ask_hottest_resources(now, limit=LINES),
        ask_fleet_events(last_days(EVENT_DAYS, now), limit=5),
    )
