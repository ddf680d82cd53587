"""How the runs of a node are cut into what is explained at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from reports.drift.history import LOOK_AHEAD, LOOK_BACK, PastRun
from reports.drift.slices import MOST_WEIGHT, Slice, StoredRun, Stretch, cut, portions
from reports.run import Outcome
from tests.store.telling import NOW, run_id

STEP = timedelta(minutes=30)


def tell(number: int, *, weight: int = 0) -> StoredRun:
    """A run; with weight one that has changes."""
    past = PastRun(
        NOW + number * STEP, run_id(str(number)), "one", None, None, Outcome.CHANGED, False, None, None, None
    )
    return StoredRun(1, past, Outcome.CHANGED, (0, 0, 0, 0, 0, 1) if weight else None, 1 + weight)


def stretch(weights: list[int], *, since: int = 0, is_whole: bool = True) -> Stretch:
    return Stretch([tell(i, weight=weight) for i, weight in enumerate(weights)], at(since), is_whole)


def at(number: int) -> datetime:
    return NOW + number * STEP


def places(one: Slice) -> tuple[int, int, int, int]:
    """First run of the slice, first and last that are explained, last of the slice."""
    runs = [one.runs[0], one.explained[0], one.explained[-1], one.runs[-1]]
    first, begin, end, last = ((run.past.at - NOW) // STEP for run in runs)
    return first, begin, end, last


def test_where_nothing_changed_there_is_nothing_to_explain() -> None:
    assert [*cut(stretch([0] * 30))] == []
    assert [*cut(stretch([1, *[0] * 30], since=LOOK_AHEAD + 1))] == []


def test_changed_runs_are_explained_with_what_lies_around_them() -> None:
    (one,) = cut(stretch([0] * 40 + [1, 0, 1] + [0] * 9, since=30))
    assert places(one) == (40 - LOOK_BACK, 40, 42, 42 + LOOK_AHEAD)
    assert not one.is_whole


def test_runs_just_before_are_explained_again() -> None:
    (one,) = cut(stretch([1] * 10, since=6))
    assert places(one) == (0, 6 - LOOK_AHEAD, 9, 9)


def test_the_beginning_of_a_whole_stretch_is_whole() -> None:
    (one,) = cut(stretch([1] * 3))
    assert one.is_whole
    (one,) = cut(stretch([1] * 3, is_whole=False))
    assert not one.is_whole


def test_much_is_cut_into_slices_that_leave_nothing_out_and_explain_nothing_twice() -> None:
    slices = [*cut(stretch([MOST_WEIGHT // 3] * 20 + [0] * 50 + [1] * 5))]
    assert len(slices) > 3
    explained = [run.past.at for one in slices for run in one.explained if run.counters]
    assert explained == [at(number) for number in [*range(20), *range(70, 75)]]


def test_one_run_that_is_too_much_by_itself_is_a_slice_of_its_own() -> None:
    assert [places(one)[1:3] for one in cut(stretch([1, MOST_WEIGHT * 2, 1, 1]))] == [(0, 0), (1, 1), (2, 3)]


def test_slices_are_read_together_while_they_are_small() -> None:
    (small,), (large,) = cut(stretch([1] * 3)), cut(stretch([MOST_WEIGHT]))
    assert [len(part) for part in portions([small, small, large, large, small])] == [2, 1, 1, 1]
    assert [*portions([])] == []
