"""Is a forecast any good? Arithmetic on what was foretold and what came; ties cost what they cost on average."""

from __future__ import annotations

import numpy as np

from reports.risk.fleet_days import Flags, Numbers
from reports.risk.result import CalibrationBin

_BINS = 10


def score_auc(ranks_by: Numbers, came: Flags) -> float | None:
    """How often a case that came stands before one that did not; a tie is half. None where there is only one kind."""
    events = int(came.sum())
    others = len(came) - events
    if not events or not others:
        return None
    _, places, counts = np.unique(ranks_by, return_inverse=True, return_counts=True)
    middle_ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((middle_ranks[came].sum() - events * (events + 1) / 2) / (events * others))


def count_hits(ranks_by: Numbers, came: Flags, top: int) -> float:
    """How many of the first `top` cases came; of those tied at the edge, as many as a fair draw would bring."""
    top = min(top, len(came))
    if not top:
        return 0.0
    edge = np.sort(ranks_by)[::-1][top - 1]
    above, tied = ranks_by > edge, ranks_by == edge
    return float(came[above].sum() + (top - above.sum()) * came[tied].mean())


def score_brier(chances: Numbers, came: Flags) -> float | None:
    """Mean squared error; 0 is perfect, 0.25 is what saying 50 % gets."""
    return float(((chances - came) ** 2).mean()) if len(came) else None


def score_calibration(bins: tuple[CalibrationBin, ...]) -> float | None:
    """Expected calibration error: the mean distance of what was foretold from what came, over all cases."""
    cases = sum(one.cases for one in bins)
    return sum(one.cases * abs(one.foretold - one.came) for one in bins) / cases if cases else None


def lay_bins(chances: Numbers, came: Flags) -> tuple[CalibrationBin, ...]:
    """The cases in ten bins of equal width; empty ones are left out."""
    places = np.minimum((chances * _BINS).astype(np.int64), _BINS - 1)
    return tuple(
        CalibrationBin(
            lowest=place / _BINS,
            highest=(place + 1) / _BINS,
            cases=int((places == place).sum()),
            foretold=float(chances[places == place].mean()),
            came=float(came[places == place].mean()),
        )
        for place in np.unique(places).tolist()
    )
