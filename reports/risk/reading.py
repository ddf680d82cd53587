"""What was foretold, for those who show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import msgspec

from reports.risk.result import BacktestResult
from reports.risk.tables import Backtest, NodeRisk


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely a node is to need a correction or to fail within seven days, and why, the weightiest reason first."""

    probability: float
    reasons: tuple[str, ...]
    foretold_at: datetime


def find_risks(node_ids: Collection[int]) -> dict[int, Risk]:
    """The risk of each of these nodes of which it has been foretold. One look-up by key."""
    rows = NodeRisk.objects.filter(node_id__in=list(node_ids))
    return {row.node_id: Risk(row.probability, tuple(row.reasons), row.foretold_at) for row in rows}


def find_last_backtest() -> BacktestResult | None:
    """The newest backtest; None before the first one."""
    row = Backtest.objects.order_by("-ran_at").first()
    return None if row is None else msgspec.convert(row.result, BacktestResult)
