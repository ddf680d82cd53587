"""Scores whose value can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reports.risk.fleet_days import Flags, Numbers
from reports.risk.scoring import count_hits, lay_bins, score_auc, score_brier, score_calibration


def numbers(*values: float) -> Numbers:
    return np.array(values, dtype=np.float64)


def flags(*values: int) -> Flags:
    return np.array(values, dtype=np.bool_)


@pytest.mark.parametrize(
    ("ranks_by", "came", "expected"),
    [
        (numbers(3, 2, 1), flags(1, 0, 0), 1.0),
        (numbers(3, 2, 1), flags(0, 0, 1), 0.0),
        (numbers(1, 1, 1, 1), flags(1, 0, 1, 0), 0.5),
        (numbers(2, 1, 1), flags(0, 1, 0), 0.25),
    ],
)
def test_auc_counts_pairs_in_the_right_order_and_half_the_ties(ranks_by: Numbers, came: Flags, expected: float) -> None:
    assert score_auc(ranks_by, came) == expected


def test_auc_needs_both_kinds() -> None:
    assert score_auc(numbers(1, 2), flags(1, 1)) is None
    assert score_auc(numbers(1, 2), flags(0, 0)) is None


@pytest.mark.parametrize(
    ("ranks_by", "came", "top", "expected"),
    [
        (numbers(4, 3, 2, 1), flags(1, 1, 0, 1), 2, 2.0),
        (numbers(4, 1, 1, 1), flags(1, 1, 0, 0), 2, 1 + 1 / 3),
        (numbers(1, 2), flags(1, 0), 20, 1.0),
        (numbers(), flags(), 20, 0.0),
    ],
)
def test_ties_at_the_edge_bring_what_a_fair_draw_would(
    ranks_by: Numbers, came: Flags, top: int, expected: float
) -> None:
    assert count_hits(ranks_by, came, top) == pytest.approx(expected)


def test_brier_is_the_mean_squared_error() -> None:
    assert score_brier(numbers(1, 0, 0.5), flags(1, 1, 0)) == pytest.approx((0 + 1 + 0.25) / 3)
    assert score_brier(numbers(), flags()) is None


def test_calibration_is_the_distance_of_what_was_foretold_from_what_came() -> None:
    bins = lay_bins(numbers(0.15, 0.15, 0.95, 1.0), flags(0, 0, 1, 0))
    assert [(one.lowest, one.highest, one.cases) for one in bins] == [(0.1, 0.2, 2), (0.9, 1.0, 2)]
    assert score_calibration(bins) == pytest.approx((2 * 0.15 + 2 * 0.475) / 4)
    assert score_calibration(()) is None
