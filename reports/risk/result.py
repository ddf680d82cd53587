"""What a backtest found, as it is kept in the table `backtest`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Score:
    """How well one way of foretelling did; None: there was nothing to tell it from.

    `auc` and `precision` are means over the weeks: how often a node that had an event stood before one that had none
    (0.5 is a coin), and the share of the first `BacktestResult.top` that had one. `brier` (mean squared error) and
    `calibration_error` (how far what was foretold lies from what came, over ten bins) are over all cases.
    """

    name: str
    auc: float | None
    precision: float | None
    brier: float | None
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The cases whose probability fell into one of ten equal parts: what was foretold on average, and what came."""

    lowest: float
    highest: float
    cases: int
    foretold: float
    came: float


@dataclass(frozen=True, slots=True)
class TestedWeek:
    """Seven days from `since` on, foretold from what was known before: the nodes that ran, those with an event, and
    how many of the first `top` had one (a fraction where nodes were tied at the edge)."""

    since: date
    nodes: int
    events: int
    top: int
    hits: float
    auc: float | None


@dataclass(frozen=True, slots=True)
class BacktestResult:
    """The ranking (first of `scores`) against its baselines, over `weeks`, oldest first; none: too little history."""

    ran_at: datetime
    top: int
    cases: int
    events: int
    scores: tuple[Score, ...]
    calibration: tuple[CalibrationBin, ...]
    weeks: tuple[TestedWeek, ...]
