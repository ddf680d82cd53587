"""The numbers of a brief are those on the screens: what the API answers for the same window, environment or query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from reports.analysis.failures import list_failures
from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.heatmap import count_hours_of_week
from reports.analysis.runs_over_time import Step, count_runs
from reports.weekly.brief import WeeklyBrief
from reports.weekly.gather import gather_weekly_brief
from reports.weekly.scope import FLEET, Scope, of_environment, of_query
from reports.weekly.week import IsoWeek
from tests.api.conftest import Reader, reader  # noqa: F401 - a fixture
from tests.weekly.fleet import keep_weeks

pytestmark = pytest.mark.django_db

WEB = "env:production name:web-*"
SCOPES: list[tuple[Scope, dict[str, str]]] = [
    (FLEET, {}),
    (of_environment("staging"), {"environment": "staging"}),
    (of_query(WEB, name="Web"), {"q": WEB}),
]
IDS = ["fleet", "environment", "query"]


@pytest.fixture(autouse=True)
def fleet(db: None) -> Iterator[None]:
    keep_weeks()
    yield


def weeks() -> list[tuple[IsoWeek, dict[str, str]]]:
    """This week and the one before, and how an address asks for them."""
    now = timezone.now()
    return [
        (week, {"since": week.since.isoformat(), "until": week.until.isoformat()})
        for week in (IsoWeek.of(now), IsoWeek.of(now).before)
    ]


def briefs(scope: Scope) -> Iterator[tuple[WeeklyBrief, dict[str, str]]]:
    now = timezone.now()
    for week, asked in weeks():
        yield gather_weekly_brief(scope, week, now), asked


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_there_is_something_to_compare() -> None:
    for brief, _ in briefs(FLEET):
        assert brief.counter("corrections").number + (brief.counter("corrections").before or 0) > 20
        assert brief.nodes.lines
        assert brief.counter("failed").number + (brief.counter("failed").before or 0)


@pytest.mark.parametrize(("scope", "asked"), SCOPES, ids=IDS)
def test_hot_nodes_are_those_of_the_api(scope: Scope, asked: dict[str, str], reader: Reader) -> None:  # noqa: F811
    for brief, window in briefs(scope):
        rows = reader.get("hotspots/", 200, by="node", **window, **asked)["results"]
        assert [(line.name, line.corrections, line.before, line.runs) for line in brief.nodes.lines] == [
            (row["name"], row["corrections"], row["corrections_before"], row["runs"]) for row in rows[:20]
        ]
        for line, row in zip(brief.nodes.lines, rows, strict=False):
            assert line.heat == pytest.approx(row["heat"], rel=1e-3)
            assert (line.pattern.name if line.pattern else None) == row["pattern"]
            assert line.last_correction_at == moment(row["last_correction_at"])
            assert line.share_of_runs == pytest.approx(row["share_of_runs"])
            assert sum(line.trend[-7:]) == line.corrections
            assert sum(line.trend[:7]) == line.before
        assert [line.name for line in brief.new_nodes] == [
            row["name"] for row in rows if row["corrections"] and not row["corrections_before"]
        ]


@pytest.mark.parametrize(("scope", "asked"), SCOPES[:2], ids=IDS[:2])
def test_hot_resources_are_those_of_the_api(scope: Scope, asked: dict[str, str], reader: Reader) -> None:  # noqa: F811
    for brief, window in briefs(scope):
        rows = reader.get("hotspots/", 200, by="resource", **window, **asked)["results"]
        assert [
            (line.name, line.corrections, line.before, line.nodes, line.runs) for line in brief.resources.lines
        ] == [(row["name"], row["corrections"], row["corrections_before"], row["nodes"], row["runs"]) for row in rows]
        assert all(sum(line.trend[-7:]) == line.corrections for line in brief.resources.lines)


@pytest.mark.parametrize(("scope", "asked"), SCOPES[:2], ids=IDS[:2])
def test_environments_are_those_of_the_api(scope: Scope, asked: dict[str, str], reader: Reader) -> None:  # noqa: F811
    for brief, window in briefs(scope):
        rows = reader.get("hotspots/", 200, by="environment", **window, **asked)["results"]
        assert [(one.name, one.runs, one.corrections, one.before, one.nodes) for one in brief.environments] == [
            (row["name"], row["runs"], row["corrections"], row["corrections_before"], row["nodes"]) for row in rows
        ]
        assert sum(one.runs for one in brief.environments) == brief.counter("runs").number
        assert sum(one.corrections for one in brief.environments) == brief.counter("corrections").number


@pytest.mark.parametrize(("scope", "asked"), SCOPES, ids=IDS)
def test_runs_by_day_and_outcome_are_those_of_the_list(scope: Scope, asked: dict[str, str], reader: Reader) -> None:  # noqa: F811
    asked = {"q": "env:production node:web-*"} if "q" in asked else asked
    for brief, window in briefs(scope):
        rows: list[dict[str, Any]] = reader.get("runs/", 200, limit="500", **window, **asked)["results"]
        ended = [(row["started_at"][:10], row["outcome"]) for row in rows if row["outcome"]]
        for day in brief.days[7:]:
            of_day = [ended.count((day.day.isoformat(), word.name)) for word in brief.outcomes]
            assert list(day.runs) == of_day
        assert brief.counter("runs").number == len(ended)
        assert brief.counter("corrections").number == sum(row["counts"]["corrective"] for row in rows)


@pytest.mark.parametrize(("scope", "asked"), [SCOPES[0], SCOPES[2]], ids=["fleet", "query"])
def test_counters_are_those_of_the_incident_window_of_the_week(
    scope: Scope,
    asked: dict[str, str],
    reader: Reader,  # noqa: F811
) -> None:
    for brief, window in briefs(scope):
        found = reader.get("incident/", 200, **window, **asked)
        runs = found["runs"]
        assert brief.about.node_count == found["matching_nodes"]
        assert brief.about.cut_off == moment(found["cut_off"])
        assert brief.counter("runs").number == runs["runs"]
        assert [
            brief.counter(name).number for name in ("nodes", "corrected_nodes", "failed_nodes", "changed_nodes")
        ] == [runs[name] for name in ("nodes", "corrected_nodes", "failed_nodes", "changed_nodes")]
        assert [(line.message, line.runs, line.nodes, line.is_new) for line in brief.messages.lines] == [
            (row["message"], row["runs"], row["nodes"], row["is_new"]) for row in found["failures"]
        ]


@pytest.mark.parametrize(("scope", "asked"), SCOPES, ids=IDS)
def test_silent_and_failing_nodes_are_those_of_the_list_of_nodes(
    scope: Scope,
    asked: dict[str, str],
    reader: Reader,  # noqa: F811
) -> None:
    for brief, _ in briefs(scope):
        silent = reader.names("nodes/", limit="500", status="silent", **asked)
        assert sorted(line.name for line in brief.silent.lines) == sorted(silent)
        assert brief.silent.count == brief.counter("silent").number == len(silent)
        failing = reader.names("nodes/", limit="500", status="failed,stale_catalog", **asked)
        assert sum(line.nodes for line in brief.failures.lines) == len(failing)
        assert brief.about.node_count == len(reader.names("nodes/", limit="500", **asked))


def test_what_only_pages_tell_is_theirs() -> None:
    now = timezone.now()
    for week, _ in weeks():
        window = week.window(now)
        brief = gather_weekly_brief(FLEET, week, now)
        told = {(event.resource, event.started_at, event.nodes) for event in list_fleet_events(window)}
        assert {(event.resource, event.started_at, event.nodes) for event in brief.events.lines} == told
        assert brief.hours is not None
        assert brief.hours.counts == count_hours_of_week(window).corrections
        assert [line.message for line in brief.failures.lines] == [one.message for one in list_failures(now).failures]
        assert sum(map(sum, brief.hours.counts)) == brief.counter("corrections").number


def test_days_are_those_of_the_overview() -> None:
    now = timezone.now()
    days = {step.start.date(): step for step in count_runs(now, Step.DAY, steps=28).steps}
    brief = gather_weekly_brief(FLEET, IsoWeek.of(now).before, now)
    assert len(brief.days) == 14
    for day in brief.days:
        assert day.runs == tuple(runs for _, runs in days[day.day].by_outcome)
    assert brief.days[7].day == brief.about.first_day
    assert brief.days[-1].day == brief.about.last_day == brief.about.first_day + timedelta(days=6)
