"""How the week went in numbers: runs by outcome and day, corrections, nodes; and the same of the week before."""

from __future__ import annotations

from typing import Final

from reports.analysis.heatmap import count_hours_of_week
from reports.analysis.runs_over_time import RunsOfStep, count_runs_of_days
from reports.analysis.window_nodes import count_nodes_of_window
from reports.analysis.words import OUTCOMES
from reports.run import Outcome
from reports.weekly.brief import Counter
from reports.weekly.looking_at import Asked
from reports.weekly.parts import DayOfRuns, HoursOfWeek, Word

WORST_FIRST: Final = tuple(sorted(Outcome, reverse=True))
OUTCOME_WORDS: Final = tuple(Word(outcome.name.lower(), OUTCOMES[outcome].label) for outcome in WORST_FIRST)


def count_days(asked: Asked) -> tuple[DayOfRuns, ...]:
    """Fourteen days. Reads two weeks of fleet_hour, as the overview does."""
    days = count_runs_of_days(asked.both, environment=asked.environment)
    return tuple(_day(day, is_of_week=day.start >= asked.window.since) for day in days)


def count_counters(days: tuple[DayOfRuns, ...], asked: Asked) -> tuple[Counter, ...]:
    """Runs and corrections are sums of the days; nodes are counted from their own days, a row a node and day."""
    week, before = ([day for day in days if day.is_of_week is is_so] for is_so in (True, False))
    nodes, nodes_before = count_nodes_of_window(asked.window, environment=asked.environment)
    told: list[tuple[str, str, int, int]] = [
        ("runs", "runs", sum(day.total for day in week), sum(day.total for day in before)),
        *(
            (word.name, word.label, sum(day.runs[place] for day in week), sum(day.runs[place] for day in before))
            for place, word in enumerate(OUTCOME_WORDS)
        ),
        (
            "corrections",
            "corrections",
            sum(day.corrections for day in week),
            sum(day.corrections for day in before),
        ),
        ("nodes", "nodes that ran", nodes.nodes, nodes_before.nodes),
        ("failed_nodes", "nodes on which a run failed", nodes.failed, nodes_before.failed),
        ("corrected_nodes", "nodes corrected", nodes.corrected, nodes_before.corrected),
        ("changed_nodes", "nodes changed", nodes.changed, nodes_before.changed),
    ]
    has_before = any(day.total for day in before)
    return tuple(Counter(name, label, now, then if has_before else None) for name, label, now, then in told)


def count_hours(asked: Asked) -> HoursOfWeek | None:
    """None where hours are not kept of these nodes."""
    if not asked.are_counts_whole:
        return None
    hours = count_hours_of_week(asked.window, environment=asked.environment)
    return HoursOfWeek(hours.corrections, hours.total)


def _day(day: RunsOfStep, *, is_of_week: bool) -> DayOfRuns:
    runs = dict(day.by_outcome)
    return DayOfRuns(
        day=day.start.date(),
        runs=tuple(runs[outcome] for outcome in WORST_FIRST),
        total=day.total,
        corrections=day.corrections,
        is_of_week=is_of_week,
    )
