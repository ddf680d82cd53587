"""How well does the ranking by risk foretell what comes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reports.risk.reading import find_last_backtest
from reports.risk.result import BacktestResult, CalibrationBin, Score


@dataclass(frozen=True, slots=True)
class LastRanking:
    """The newest week whose end is known: how many of those ranked first needed a correction or failed."""

    since: date
    nodes: int
    events: int  # nodes that had one
    top: int
    hits: int


@dataclass(frozen=True, slots=True)
class ForecastQuality:
    """The last backtest. `scores` begin with our ranking; the others are what it is measured against.

    `sentence` is the one line to stand beside the ranking.
    """

    ran_at: datetime
    weeks: int
    cases: int
    scores: tuple[Score, ...]
    calibration: tuple[CalibrationBin, ...]
    last: LastRanking

    @property
    def sentence(self) -> str:
        last = self.last
        came = f"{last.hits} of last week's top {last.top} needed a correction or failed"
        return f"{came}; of all {last.nodes} nodes {last.events} did."


def find_forecast_quality() -> ForecastQuality | None:
    """The last backtest that had a week to test; None: there is none yet. One row by key."""
    result = find_last_backtest()
    return None if result is None or not result.weeks else _quality(result)


def _quality(result: BacktestResult) -> ForecastQuality:
    last = result.weeks[-1]
    return ForecastQuality(
        ran_at=result.ran_at,
        weeks=len(result.weeks),
        cases=result.cases,
        scores=result.scores,
        calibration=result.calibration,
        last=LastRanking(last.since, last.nodes, last.events, last.top, round(last.hits)),
    )
