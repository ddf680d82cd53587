"""Cases move what was believed, as far as there are cases."""

from __future__ import annotations

import numpy as np

from reports.risk.regression import Belief, fit_weights, to_chances, to_odds

BELIEF = Belief(means=np.array([0.0, 1.0]), deviations=np.array([0.5, 0.3]))


def test_without_a_case_the_belief_stands() -> None:
    assert np.array_equal(fit_weights(np.zeros((0, 2)), np.zeros(0, dtype=np.bool_), BELIEF), BELIEF.means)


def test_many_cases_bring_the_truth_out() -> None:
    chance = np.random.default_rng(0)
    signals = np.stack((np.ones(50_000), chance.normal(size=50_000)), axis=1)
    came = chance.random(50_000) < to_chances(signals @ np.array([-1.5, 0.4]))
    assert np.allclose(fit_weights(signals, came, BELIEF), [-1.5, 0.4], atol=0.05)


def test_a_perfect_split_does_not_run_away() -> None:
    signals = np.array([[1.0, -9.0], [1.0, 9.0]] * 100)
    weights = fit_weights(signals, signals[:, 1] > 0, BELIEF)
    assert np.isfinite(weights).all()
    assert np.abs(weights).max() < 10


def test_odds_and_chances_are_each_other_s_reverse() -> None:
    chances = np.array([0.001, 0.2, 0.5, 0.999])
    assert np.allclose(to_chances(to_odds(chances)), chances)
    assert np.isfinite(to_odds(np.array([0.0, 1.0]))).all()
