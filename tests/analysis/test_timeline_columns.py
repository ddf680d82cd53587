"""From the runs of a node to the columns of its timeline."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from reports.analysis.timeline_columns import TimelineRun, is_eventful, lay_columns
from reports.run import Outcome
from tests.analysis.conftest import NOW, RUNS


def run_at(minutes: float, outcome: Outcome | None = Outcome.UNCHANGED) -> TimelineRun:
    """A run so many minutes after NOW."""
    return TimelineRun(NOW + timedelta(minutes=minutes), uuid5(RUNS, str(minutes)), "one", outcome, False, False)


def test_each_eventful_run_is_a_column_and_the_others_are_counted_between() -> None:
    outcomes = [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.CORRECTED, Outcome.CHANGED, Outcome.UNCHANGED, None]
    runs = [run_at(30 * place, outcome) for place, outcome in enumerate([*outcomes, Outcome.UNCHANGED])]
    laid = lay_columns(runs, most=60)
    assert [(column.run.outcome, column.quiet_before) for column in laid.columns] == [
        (Outcome.CORRECTED, 2),
        (Outcome.CHANGED, 0),
        (None, 1),
    ]
    assert (laid.quiet_after, laid.slice) == (1, None)


def test_more_eventful_runs_than_columns_are_laid_in_slices_of_time() -> None:
    """A repeater: every run of 30 days changes something, and the whole window is still seen."""
    runs = [run_at(30 * place, Outcome.CHANGED) for place in range(48 * 30)]
    laid = lay_columns(runs, most=60)
    assert laid.slice == timedelta(hours=12)
    assert len(laid.columns) == 60
    assert sum(column.runs for column in laid.columns) == len(runs)


def test_a_slice_shows_the_newest_of_its_worst_runs() -> None:
    runs = [run_at(place, Outcome.CORRECTED if place in (7, 8) else Outcome.CHANGED) for place in range(20)]
    (column,) = lay_columns(runs, most=1).columns
    assert (column.run, column.runs) == (runs[8], 20)


def test_slices_in_which_nothing_happened_are_no_columns() -> None:
    day = 24 * 60
    noisy = [run_at(day * place + minute, Outcome.CHANGED) for place in (0, 9) for minute in range(40)]
    quiet = [run_at(day * place) for place in range(1, 9)]
    laid = lay_columns(sorted([*noisy, *quiet]), most=30)
    assert [column.quiet_before for column in laid.columns if column.quiet_before] == [8]


def test_no_runs_make_no_columns() -> None:
    assert lay_columns([], most=60).columns == ()
    assert lay_columns([run_at(1)], most=60).quiet_after == 1


@given(
    st.lists(
        st.tuples(st.integers(0, 60 * 24 * 4000), st.sampled_from([*Outcome, None])), unique_by=lambda told: told[0]
    ),
    st.integers(1, 60),
)
def test_no_run_is_lost_and_columns_stand_in_order_however_runs_fall(
    told: list[tuple[int, Outcome | None]], most: int
) -> None:
    runs = [run_at(minutes, outcome) for minutes, outcome in sorted(told, key=lambda one: one[0])]
    laid = lay_columns(runs, most=most)
    assert len(laid.columns) <= most
    counted = sum(column.runs + column.quiet_before for column in laid.columns) + laid.quiet_after
    assert counted == len(runs)
    bounds = [moment for column in laid.columns for moment in (column.starts_at, column.ends_at)]
    assert bounds == sorted(bounds)
    assert all(is_eventful(column.run) for column in laid.columns)
