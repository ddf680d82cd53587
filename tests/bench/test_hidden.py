"""The hidden days of a simulated fleet."""

from __future__ import annotations

from bench.fleet.cast import cast, node_of
from bench.fleet.hidden import hidden_days, hidden_days_of
from bench.fleet.plan import Plan


def test_the_same_seed_gives_the_same_days() -> None:
    assert [*hidden_days(3, 12, 20)] == [*hidden_days(3, 12, 20)]


def test_another_seed_gives_other_days() -> None:
    assert [*hidden_days(3, 12, 20)] != [*hidden_days(4, 12, 20)]


def test_a_node_is_the_same_in_a_larger_fleet() -> None:
    assert [*cast(Plan(nodes=50))][7] == node_of(Plan(nodes=9), 7)


def test_days_lie_within_the_fleets_time_and_in_order() -> None:
    plan = Plan(nodes=10, days=15)
    by_node: dict[str, list[object]] = {}
    for told in hidden_days_of(plan):
        assert plan.begin.date() <= told.day < plan.until.date()
        by_node.setdefault(told.node, []).append(told.day)
    assert by_node and all(days == sorted(set(days)) for days in by_node.values())  # type: ignore[type-var]


def test_noisy_nodes_drift_more_than_steady_ones() -> None:
    plan = Plan(nodes=200, days=40)
    temperaments = {node.name: node.temperament for node in cast(plan)}
    corrections: dict[str, list[int]] = {}
    for told in hidden_days_of(plan):
        corrections.setdefault(temperaments[told.node], []).append(told.corrections)
    mean = {name: sum(counts) / len(counts) for name, counts in corrections.items()}
    assert mean["tug_of_war"] > mean["noisy"] > 2 * mean["steady"] > 0
