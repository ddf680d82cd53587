"""Little seen: like the others. Much seen: as seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reports.risk.shrinkage import Kin, Tries, draw, likeness, shrink_groups


def tries(hits: Sequence[float], of: Sequence[float]) -> Tries:
    return Tries(np.array(hits, dtype=np.float64), np.array(of, dtype=np.float64))


def test_who_was_tried_more_is_drawn_less() -> None:
    little, much = draw(tries([1, 100], [1, 100]), np.full(2, 0.1), strength=10.0)
    assert 0.1 < little < 0.2
    assert much > 0.9


def test_nodes_that_hardly_differ_are_drawn_harder_than_nodes_that_do() -> None:
    chance = np.random.default_rng(0)
    alike = tries(list(chance.binomial(60, 0.2, 400)), [60] * 400)
    apart = tries(list(chance.binomial(60, chance.beta(0.5, 2.0, 4000))), [60] * 4000)
    assert likeness(alike, np.full(400, 0.2)) > 50
    assert likeness(apart, np.full(4000, 0.2)) == pytest.approx(2.5, rel=0.1)


def test_a_group_of_one_node_is_told_from_its_environment() -> None:
    kin = Kin(group_of=np.array([0] * 20 + [1]), environment_of=np.array([0, 0]))
    groups = shrink_groups(tries([6] * 20 + [1], [60] * 20 + [1]), kin)
    assert groups == pytest.approx([0.1, 0.1], abs=0.05)


def test_an_empty_fleet_has_no_groups() -> None:
    kin = Kin(group_of=np.array([], dtype=np.int64), environment_of=np.array([], dtype=np.int64))
    assert len(shrink_groups(tries([], []), kin)) == 0
