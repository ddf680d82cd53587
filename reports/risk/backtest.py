"""How well would past weeks have been foretold? Worked out from the counts, and kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from reports.risk.fleet_days import WEEK
from reports.risk.foretell import WINDOW_DAYS
from reports.risk.past import Window, read_corrections, read_past
from reports.risk.rehearsal import judge, rehearse
from reports.risk.result import BacktestResult
from reports.risk.tables import Backtest

WEEKS = 8
EVERY = timedelta(days=1)


class Tested(NamedTuple):
    """How many weeks were tested, and of how many nodes altogether."""

    weeks: int
    cases: int


def backtest_when_due(now: datetime) -> Tested | None:
    """Test once a day; None: it is not due."""
    newest = Backtest.objects.order_by("-ran_at").values_list("ran_at", flat=True).first()
    if newest and now - newest < EVERY:
        return None
    result = backtest(now)
    return Tested(len(result.weeks), result.cases)


def backtest(now: datetime, *, weeks: int = WEEKS) -> BacktestResult:
    """Foretell each of the last `weeks` weeks up to today's midnight (UTC) from the days before it, and score that.

    Kept, unless no week could be tested. Costs one pass over node_day, as far back as the first week's forecast looks.
    """
    today = now.astimezone(UTC).date()
    window = Window(today - timedelta(days=WINDOW_DAYS + weeks * WEEK), today)
    fleet = read_past(window, now=now)
    corrections = read_corrections(Window(fleet.first_day, today), fleet.node_ids)
    result = judge(rehearse(fleet, corrections, weeks=weeks), now)
    if result.weeks:
        Backtest.objects.create(ran_at=now, weeks=len(result.weeks), result=msgspec.to_builtins(result))
    return result
