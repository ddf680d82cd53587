"""What was foretold, for those who show it."""

from __future__ import annotations

import msgspec

from reports.risk.result import BacktestResult
from reports.risk.tables import Backtest


def find_last_backtest() -> BacktestResult | None:
    """The newest backtest; None before the first one."""
    row = Backtest.objects.order_by("-ran_at").first()
    return None if row is None else msgspec.convert(row.result, BacktestResult)
