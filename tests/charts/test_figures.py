"""Figures: what they draw, and that plotly understands them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import plotly.graph_objects
import pytest

from reports.analysis.node import NodeDayLine
from reports.analysis.resource import ResourceDayLine
from reports.analysis.runs_over_time import RunsOfStep, RunsOverTime, Step
from reports.charts.figure import Figure
from reports.charts.node_days import draw_node_days
from reports.charts.resource_days import HUES, NO_ENVIRONMENT, OTHERS, draw_resource_days
from reports.charts.runs_over_time import draw_runs
from reports.run import Outcome

MONDAY = date(2026, 11, 23)


def runs_of(start: datetime, **counts: int) -> RunsOfStep:
    """A step with so many runs of each outcome, by its name."""
    worst_first = sorted(Outcome, reverse=True)
    return RunsOfStep(start, tuple((outcome, counts.get(outcome.name.lower(), 0)) for outcome in worst_first))


def day_of(day: date, *, changes: int, corrections: int = 0, failures: int = 0) -> NodeDayLine:
    """A node's day that did so much."""
    return NodeDayLine(day, 48, 0, 0, 0, 0, 0, 48, corrections, changes, failures, 60.0)


def bars_of(figure: Figure) -> dict[str, list[int]]:
    """Heights by series, once plotly's own package has found nothing wrong with the figure."""
    drawn = plotly.graph_objects.Figure(figure)
    return {trace.meta: list(trace.y) for trace in drawn.data}


@pytest.mark.parametrize(
    ("step", "starts"),
    [(Step.DAY, ["2026-11-23", "2026-11-24"]), (Step.HOUR, ["2026-11-23 00:00", "2026-11-23 01:00"])],
)
def test_unchanged_runs_stand_apart_and_what_never_happened_has_no_series(step: Step, starts: list[str]) -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    steps = runs_of(start, failed=1, unchanged=900), runs_of(start + step.value, changed=2, unchanged=901)
    figure = draw_runs(RunsOverTime(step, steps, 0), lambda start, outcome: f"/{start:%d-%H}/{outcome.name}")
    assert bars_of(figure) == {"failed": [1, 0], "changed": [0, 2], "unchanged": [900, 901]}
    assert [trace.get("yaxis") for trace in figure["data"]] == [None, None, "y2"]
    assert figure["data"][0]["x"] == starts
    assert figure["data"][0]["customdata"][0] == "/23-00/FAILED"


def test_a_nodes_days_without_a_run_are_drawn_as_nothing() -> None:
    lines = [day_of(MONDAY, changes=5, corrections=2, failures=1)]
    figure = draw_node_days(lines, until=MONDAY + timedelta(days=1), days=3)
    assert bars_of(figure) == {"failed": [0, 1, 0], "corrected": [0, 2, 0], "changed": [0, 3, 0]}
    assert figure["data"][0]["x"] == ["2026-11-22", "2026-11-23", "2026-11-24"]


def corrected(environment: str, count: int) -> ResourceDayLine:
    """Monday in one environment, with so many corrections of a resource."""
    return ResourceDayLine(MONDAY, environment, nodes=1, changes=count, corrections=count, failures=0)


def test_a_resource_has_a_series_for_each_environment_that_it_was_corrected_in() -> None:
    lines = [corrected("staging", 1), corrected("", 5), corrected("quiet", 0)]
    figure = draw_resource_days(lines, "/{}/{}".format, until=MONDAY, days=2)
    assert figure["data"][1]["customdata"][1] == "/2026-11-23/staging"
    assert bars_of(figure) == {"series-1": [0, 5], "series-2": [0, 1]}
    assert [trace["name"] for trace in figure["data"]] == [NO_ENVIRONMENT, "staging"]


def test_environments_beyond_the_colours_are_drawn_together() -> None:
    lines = [corrected(f"e{number}", 10 - number) for number in range(9)]
    figure = draw_resource_days(lines, "/{}/{}".format, until=MONDAY, days=1)
    assert len(figure["data"]) == HUES
    assert (figure["data"][-1]["name"], list(figure["data"][-1]["y"])) == (OTHERS, [5 + 4 + 3 + 2])
