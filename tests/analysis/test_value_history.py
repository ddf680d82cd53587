"""The values of one resource on one node, over time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid5

from reports.analysis.value_history import ValueStep, tell_history
from reports.run import Cause, Status
from tests.analysis.conftest import NOW, RUNS


def step(
    days_ago: int, old: str | None, new: str | None, *, of: str = "mode", status: Status = Status.SUCCESS
) -> ValueStep:
    """One change of one property, so many days ago."""
    at = NOW - timedelta(days=days_ago)
    return ValueStep(at, uuid5(RUNS, str(days_ago)), 0, status, Cause.CORRECTIVE, of, old, new, False, False)


def test_each_value_is_told_once_with_how_often_and_since_when() -> None:
    steps = [step(1, "0666", "0640"), step(3, "0777", "0640"), step(9, "0666", "0644")]
    (mode,) = tell_history(steps, is_whole=True).properties
    assert [(seen.value, seen.times) for seen in mode.wanted] == [("0640", 2), ("0644", 1)]
    assert [(seen.value, seen.times) for seen in mode.found] == [("0666", 2), ("0777", 1)]
    assert mode.wanted[0].first_at == NOW - timedelta(days=3)
    assert mode.found[0].last_at == NOW - timedelta(days=1)
    assert mode.steps == tuple(steps)


def test_what_failed_was_found_and_not_set() -> None:
    (mode,) = tell_history([step(1, "0666", "0640", status=Status.FAILED)], is_whole=True).properties
    assert (mode.wanted, mode.found[0].value) == ((), "0666")


def test_each_property_has_its_own_history_and_that_which_changed_last_comes_first() -> None:
    history = tell_history(
        [step(1, "a", "b", of="owner"), step(2, "c", "d"), step(3, "e", "b", of="owner")], is_whole=False
    )
    assert [(own.property, len(own.steps)) for own in history.properties] == [("owner", 2), ("mode", 1)]
    assert not history.is_whole


def test_a_value_that_nobody_told_is_no_value() -> None:
    (mode,) = tell_history([step(1, None, None)], is_whole=True).properties
    assert (mode.wanted, mode.found) == ((), ())
