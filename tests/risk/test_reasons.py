"""What an operator reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from reports.risk.facts import read_facts
from reports.risk.fleet_days import FleetDays, Group
from reports.risk.model import foretell_week, read_lessons
from reports.risk.reasons import explain, name_group, tell_habit
from tests.risk.fleets import make_days, make_fleet


def reasons_of(fleet: FleetDays, place: int) -> list[str]:
    return explain(fleet, foretell_week(fleet, read_lessons(fleet)), read_facts(fleet), place)


def test_every_node_has_a_reason_and_none_has_many() -> None:
    fleet = make_fleet(1, nodes=60)
    told = [reasons_of(fleet, place) for place in range(0, 60, 6)]
    assert all(1 <= len(reasons) <= 4 for reasons in told)
    assert all(reason.endswith(".") for reasons in told for reason in reasons)


def test_a_new_node_is_said_to_be_new() -> None:
    events = np.zeros((20, 60), dtype=np.bool_)
    events[:10] = np.random.default_rng(0).random((10, 60)) < 0.4
    ran = np.ones_like(events)
    ran[0, :58] = False
    events[0, :58] = False
    fleet = make_days(events, ran=ran)
    assert read_facts(fleet).known_days[0] == 2
    assert all("of its last 14 days" not in reason for reason in reasons_of(fleet, 0))


def test_a_node_that_failed_once_and_recovered_is_not_said_to_fail() -> None:
    nothing = np.zeros((100, 30), dtype=np.bool_)
    failed = nothing.copy()
    failed[0, 20:26] = failed[1, 28:] = True
    fleet = make_days(nothing, failed=failed)
    assert read_facts(fleet).failing_days[:3].tolist() == [0, 2, 0]
    assert "Runs failed on 6 of its last 14 days." in reasons_of(fleet, 0)
    assert "Runs failed on each of its last 2 days." in reasons_of(fleet, 1)


def test_days_on_which_it_did_not_run_end_no_row_of_failures() -> None:
    nothing = np.zeros((1, 20), dtype=np.bool_)
    failed, ran = nothing.copy(), ~nothing
    failed[0, [15, 16, 19]] = True
    ran[0, 17:19] = False
    assert read_facts(make_days(nothing, failed=failed, ran=ran)).failing_days.tolist() == [3]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (Group("production", "web"), "Nodes of role web in production"),
        (Group("production", None), "Nodes in production"),
        (Group(None, "web"), "Nodes of role web"),
        (Group(None, None), "Nodes"),
    ],
)
def test_a_group_is_named_by_what_is_known_of_it(group: Group, expected: str) -> None:
    assert name_group(group) == expected


def test_a_role_of_2000_characters_is_cut() -> None:
    fleet = make_days(np.eye(5, 30, dtype=np.bool_))
    fleet = replace(fleet, groups=(Group("production", "x" * 2000),))
    assert all(len(reason) < 200 for reason in reasons_of(fleet, 0))


@pytest.mark.parametrize(
    ("daily", "expected"), [(0.9, "nearly every day."), (1 / 9, "about every 9 days."), (0.0, "hardly ever need")]
)
def test_a_habit_is_told_in_days(daily: float, expected: str) -> None:
    assert expected in tell_habit("Nodes", daily)
