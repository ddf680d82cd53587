"""When the tools run on simulated nodes."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from bench.fleet.cast import cast
from bench.fleet.plan import Plan, Shape
from bench.fleet.play import play
from bench.fleet.times import times_of


def test_an_even_fleet_runs_as_often_as_asked_for() -> None:
    plan = Plan(nodes=40, days=30, runs_a_day=6)
    counts = sorted(len([*times_of(plan, node, node.tools[0])]) for node in cast(plan) if node.joined_at < 0)
    assert 0.9 * 180 < counts[len(counts) // 2] < 1.1 * 180


def test_a_thin_fleet_runs_weekly_then_daily_then_as_often_as_asked_for() -> None:
    plan = Plan(nodes=30, days=60, runs_a_day=24, shape=Shape.THIN)
    gaps = [
        (later - at, plan.hours - at)
        for node in cast(plan)
        for at, later in pairwise(times_of(plan, node, node.tools[0]))
    ]
    assert 150 < median(gap for gap, left in gaps if left > 16 * 24) < 180
    assert 20 < median(gap for gap, left in gaps if 30 < left < 7 * 24) < 28
    assert median(gap for gap, left in gaps if left < 23) < 2


def test_in_an_outage_four_fifths_fail_in_the_last_hour() -> None:
    plan = Plan(nodes=200, days=3, has_outage=True)
    last = [runs[-1] for node in cast(plan) if (runs := [*play(plan, node)])]
    failed = sum(played.is_broken and played.at > plan.hours - 1 for played in last)
    assert len(last) > 150 and 0.7 < failed / len(last) < 0.9


def test_no_run_lies_after_the_fleets_time() -> None:
    plan = Plan(nodes=30, days=4, has_outage=True)
    assert all(0 <= at < plan.hours for node in cast(plan) for tool in node.tools for at in times_of(plan, node, tool))
