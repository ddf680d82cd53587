"""Logistic regression that keeps to what was believed before, until the cases say otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import Flags, Numbers

_STEPS, _CLOSE_ENOUGH = 50, 1e-8
_WIDEST = 30.0  # log-odds; e^30 is certain enough


@dataclass(frozen=True, slots=True)
class Belief:
    """Normal priors of the weights, each for itself."""

    means: Numbers
    deviations: Numbers


def fit_weights(signals: Numbers, came: Flags, belief: Belief) -> Numbers:
    """The most likely weights, given a row of signals a case and what came of it. No case: what was believed.

    Newton's method; each step is halved until it helps, so it ends at the one optimum there is.
    """
    weights = belief.means.copy()
    precisions = belief.deviations**-2.0
    loss = _loss(weights, signals, came, belief)
    for _ in range(_STEPS):
        chances = to_chances(signals @ weights)
        gradient = signals.T @ (chances - came) + precisions * (weights - belief.means)
        curvature = (signals * (chances * (1 - chances))[:, None]).T @ signals + np.diag(precisions)
        step = np.linalg.solve(curvature, gradient)
        while (stepped := _loss(weights - step, signals, came, belief)) > loss and np.abs(step).max() > _CLOSE_ENOUGH:
            step = step / 2
        if np.abs(step).max() <= _CLOSE_ENOUGH:
            break
        weights, loss = weights - step, stepped
    return weights


def _loss(weights: Numbers, signals: Numbers, came: Flags, belief: Belief) -> float:
    odds = np.clip(signals @ weights, -_WIDEST, _WIDEST)
    unlikely = np.logaddexp(0.0, np.where(came, -odds, odds)).sum()
    return float(unlikely + (((weights - belief.means) / belief.deviations) ** 2).sum() / 2)


def to_chances(odds: Numbers) -> Numbers:
    """Log-odds as probabilities."""
    chances: Numbers = 1 / (1 + np.exp(-np.clip(odds, -_WIDEST, _WIDEST)))
    return chances


def to_odds(chances: Numbers) -> Numbers:
    """Probabilities as log-odds; what is all but certain stays finite."""
    kept = np.clip(chances, 1e-4, 1 - 1e-4)
    odds: Numbers = np.log(kept) - np.log1p(-kept)
    return odds
