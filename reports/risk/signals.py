"""What the past days of a node say about the next seven, as numbers; all of them are log-odds or near to it.

Robust by what they count: days, not runs or changes, so that a node that reports twice a second or changes 5,000
resources in one run weighs like any other; and only days within the window, so that a clock years off is not heard.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import WEEK, Codes, Flags, FleetDays, Numbers
from reports.risk.regression import Belief, to_odds
from reports.risk.shrinkage import Tries, add_up, draw, kin_of, likeness, shrink_groups

_BASE, _RECENT, _LONG, _WEEKLY = 14.0, 3.0, 60.0, 35.0  # half-lives in days


class Signal(enum.IntEnum):
    """The columns. LEVEL is the estimate that stands alone where the fleet is too young to have taught the others."""

    ONE = 0  # the same for every node
    LEVEL = 1  # days with an event, each worth half after a fortnight, drawn to the node's like
    RECENT = 2  # the last days, against LEVEL
    LONG = 3  # the last months, against LEVEL
    WEEKLY = 4  # weeks with an event, against LEVEL: what comes every Monday does not come by chance
    SINCE = 5  # how long it has been quiet
    FAILING = 6  # a run failed on the newest day with a run
    KIN = 7  # the node's like in the last days, against their own habit


BELIEF = Belief(
    means=np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    deviations=np.array([0.5, 0.3, 0.3, 0.3, 0.5, 0.3, 1.0, 0.3]),
)


@dataclass(frozen=True, slots=True)
class Signals:
    """One row a node; `kin_daily` is how often its like have an event in a day."""

    matrix: Numbers
    kin_daily: Numbers
    since: Codes  # days since the newest day with an event, or since the node's first day; 0: today


def read_signals(fleet: FleetDays) -> Signals:
    """The signals of every node, from all days of `fleet`."""
    ran, events = fleet.ran.astype(np.float64), fleet.events.astype(np.float64)
    if fleet.length:
        ran[:, -1] *= fleet.elapsed
    whole = _decayed(events, ran, _LONG)
    groups = shrink_groups(whole, kin_of(fleet))
    kin_daily = groups[fleet.group_of]
    pull = likeness(whole, kin_daily)
    level, recent, long = (
        _weekly_odds(draw(_decayed(events, ran, half_life), kin_daily, pull)) for half_life in (_BASE, _RECENT, _LONG)
    )
    weeks = _by_week(fleet)
    weekly = to_odds(draw(weeks, 1 - (1 - kin_daily) ** WEEK))
    since = _days_since(fleet)
    columns = (
        np.ones(len(level)),
        level,
        recent - level,
        long - level,
        weekly - level,
        np.log1p(since) - np.log1p(WEEK),
        _fails_now(fleet).astype(np.float64),
        _kin_now(fleet, _decayed(events, ran, _RECENT), groups)[fleet.group_of],
    )
    return Signals(np.stack(columns, axis=1), kin_daily, since)


def _decayed(events: Numbers, ran: Numbers, half_life: float) -> Tries:
    """Days with an event and days with a run, each worth half after `half_life` days."""
    worth = 0.5 ** (np.arange(ran.shape[1])[::-1] / half_life)
    hits = events @ worth
    return Tries(hits, np.maximum(ran @ worth, hits))


def _by_week(fleet: FleetDays) -> Tries:
    """The same by whole weeks back from the end."""
    weeks = fleet.length // WEEK
    shape = (len(fleet.node_ids), weeks, WEEK)
    start = fleet.length - weeks * WEEK
    ran, events = (
        np.asarray(flags[:, start:].reshape(shape).any(axis=2), dtype=np.float64) for flags in (fleet.ran, fleet.events)
    )
    return _decayed(events, ran, _WEEKLY / WEEK)


def _kin_now(fleet: FleetDays, recent: Tries, groups: Numbers) -> Numbers:
    """By group: its last days against its habit, so that what befell half of a role is heard by the other half."""
    lately = draw(add_up(recent, fleet.group_of, len(groups)), groups)
    return _weekly_odds(lately) - _weekly_odds(groups)


def _weekly_odds(daily: Numbers) -> Numbers:
    """A share of days as the odds of any in a week, had the days nothing to do with each other."""
    return to_odds(1 - (1 - daily) ** WEEK)


def _fails_now(fleet: FleetDays) -> Flags:
    newest = fleet.length - 1 - fleet.ran[:, ::-1].argmax(axis=1) if fleet.length else np.zeros(0, dtype=np.int64)
    fails: Flags = fleet.failed[np.arange(len(newest)), newest]
    return fails


def _days_since(fleet: FleetDays) -> Codes:
    """Days from the newest event to the end; without any, from the node's first run."""
    events = fleet.events
    oldest = np.where(fleet.ran.any(axis=1), fleet.ran.argmax(axis=1), fleet.length - 1)
    newest = fleet.length - 1 - events[:, ::-1].argmax(axis=1)
    since: Codes = fleet.length - 1 - np.where(events.any(axis=1), newest, oldest)
    return since
