"""The model on fleets whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reports.risk.fleet_days import FleetDays, Group, Numbers, number_groups
from reports.risk.model import foretell_week, learn_weights, read_lessons
from reports.risk.signals import BELIEF
from tests.risk.fleets import make_days, make_fleet


def chances(fleet: FleetDays) -> Numbers:
    return foretell_week(fleet, read_lessons(fleet)).chances


def test_a_young_fleet_keeps_to_the_plain_estimate() -> None:
    fleet = make_fleet(1, nodes=40, days=20)
    assert read_lessons(fleet) == []
    assert np.array_equal(learn_weights([]), BELIEF.means)
    assert 0 < chances(fleet).min() <= chances(fleet).max() < 1


def test_a_large_fleet_is_taught_by_a_part_of_its_nodes() -> None:
    fleet = make_fleet(1, nodes=90, days=84)
    part = read_lessons(fleet, teachers=40)
    assert [len(lesson.came) for lesson in part] == [30] * len(read_lessons(fleet))


def test_one_day_of_history_foretells_nothing_wild() -> None:
    events = np.zeros((30, 1), dtype=np.bool_)
    events[0] = True
    told = chances(make_days(events))
    assert told[0] > told[1]
    assert told.max() < 0.9
    assert told[1] < 0.5


def test_no_node_and_no_day_are_no_error() -> None:
    assert len(chances(make_days(np.zeros((0, 30), dtype=np.bool_)))) == 0
    assert chances(make_days(np.zeros((3, 0), dtype=np.bool_))).shape == (3,)


def test_a_fleet_that_never_drifted_is_foretold_little() -> None:
    assert chances(make_days(np.zeros((50, 84), dtype=np.bool_))).max() < 0.05


def test_a_fleet_that_drifts_daily_is_foretold_all() -> None:
    assert chances(make_days(np.ones((50, 84), dtype=np.bool_))).min() > 0.95


def test_what_comes_every_week_is_likelier_than_as_many_days_at_random() -> None:
    chance = np.random.default_rng(5)
    events = chance.random((200, 112)) < 1 / 7
    events[:20] = np.arange(112) % 7 == 2
    told = chances(make_days(events))
    assert told[:20].mean() > told[20:].mean() + 0.1


def test_who_calmed_down_is_less_likely_than_who_did_not() -> None:
    fleet = make_fleet(2, nodes=200, days=84)
    corrected = fleet.corrected.copy()
    corrected[:2] = np.arange(84) % 2 == 0
    corrected[0, 60:] = False
    told = chances(replace(fleet, corrected=corrected))
    assert told[0] < told[1] - 0.2


def test_a_new_node_is_told_from_its_like() -> None:
    groups = [Group("production", "web")] * 50 + [Group("production", "db")] * 50
    group_of, names = number_groups(groups)
    events = np.zeros((100, 84), dtype=np.bool_)
    events[:49] = np.random.default_rng(1).random((49, 84)) < 0.3
    ran = np.ones_like(events)
    ran[[49, 99], :83] = False
    fleet = replace(make_days(events, ran=ran), group_of=group_of, groups=names)
    told = chances(fleet)
    assert told[49] > told[99] + 0.3


def test_a_quiet_morning_says_less_than_a_quiet_day() -> None:
    events = np.zeros((40, 30), dtype=np.bool_)
    events[:20, ::3] = True
    fleet = make_days(events)
    morning = replace(fleet, elapsed=0.1)
    assert chances(morning)[0] > chances(fleet)[0]


def test_a_misfortune_of_a_whole_role_does_not_hide_who_is_the_worst() -> None:
    events = np.zeros((40, 84), dtype=np.bool_)
    events[0, ::6] = True
    events[1:, 80] = True
    told = chances(make_days(events))
    assert told[0] == told.max()


def test_the_order_of_the_nodes_makes_no_difference() -> None:
    fleet = make_fleet(4, nodes=60, days=84)
    order = np.random.default_rng(4).permutation(60)
    shuffled = replace(
        fleet,
        node_ids=fleet.node_ids[order],
        group_of=fleet.group_of[order],
        ran=fleet.ran[order],
        corrected=fleet.corrected[order],
        failed=fleet.failed[order],
    )
    assert np.allclose(chances(fleet)[order], chances(shuffled), atol=1e-6)
