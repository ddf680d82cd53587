"""What the past days of a node say about the next seven, as numbers; all of them are log-odds or near to it.

Robust by what they count: days, not runs or changes, so that a node that reports twice a second or changes 5,000
resources in one run weighs like any other; and only days within the window, so that a clock years off is not heard.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import WEEK, Codes, Flags, FleetDays, Numbers, by_week
from reports.risk.misfortune import own_days
from reports.risk.regression import Belief, to_odds
from reports.risk.shrinkage import Tries, add_up, draw, kin_of, likeness, shrink_groups

_LEVEL, _RECENT, _LONG, _WEEKLY = 14.0, 3.0, 60.0, 35.0  # half-lives in days

_AGAINST = 3.0  # log-odds: how far weeks may speak against days, which can be surer than they should


class Signal(enum.IntEnum):
    """The columns. LEVEL is the estimate that stands alone where the fleet is too young to have taught the others."""

    ONE = 0  # the same for every node
    LEVEL = 1  # days with an event, each worth half after a fortnight, drawn to the node's like
    RECENT = 2  # the last days, against LEVEL
    LONG = 3  # the last months, against LEVEL
    WEEKLY = 4  # weeks with an event, against LEVEL: what comes every Monday does not come by chance
    KIN = 5  # the habit of the node's like, against LEVEL
    LATELY = 6  # the node's like in the last days, against their habit
    RATE = 7  # LEVEL as events a week: lets the ends of the scale bend, for bad luck can strike the quietest node
    SINCE = 8  # how long it has been quiet
    FAILING = 9  # a run failed on the newest day with a run


BELIEF = Belief(
    means=np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    deviations=np.array([0.5, 0.3, 0.3, 0.3, 0.5, 0.3, 0.3, 0.3, 0.3, 1.0]),
)


@dataclass(frozen=True, slots=True)
class Signals:
    """One row a node. What is told in words beside the signals themselves: how often its like have an event, in days
    out of days; and how much of LEVEL is the node's own, 0 to 1."""

    matrix: Numbers
    kin_daily: Numbers
    own_share: Numbers


def read_signals(fleet: FleetDays) -> Signals:
    """The signals of every node, from all days of `fleet`."""
    ran = fleet.ran.astype(np.float64)
    if fleet.length:
        ran[:, -1] *= fleet.elapsed
    events = np.maximum(own_days(fleet, fleet.corrected), own_days(fleet, fleet.failed))
    level, recent, long = (_decayed(events, ran, half_life) for half_life in (_LEVEL, _RECENT, _LONG))
    whole = _decayed(events, ran, np.inf)
    groups = shrink_groups(whole, kin_of(fleet))
    kin_daily = groups[fleet.group_of]
    pull = likeness(whole, kin_daily)
    odds = _weekly_odds(draw(level, kin_daily, pull))
    lately = _weekly_odds(draw(add_up(recent, fleet.group_of, len(groups)), groups)) - _weekly_odds(groups)
    columns = {
        Signal.ONE: np.ones(len(odds)),
        Signal.LEVEL: odds,
        Signal.RECENT: _weekly_odds(draw(recent, kin_daily, pull)) - odds,
        Signal.LONG: _weekly_odds(draw(long, kin_daily, pull)) - odds,
        Signal.WEEKLY: np.clip(to_odds(_draw_weeks(fleet, 1 - (1 - kin_daily) ** WEEK)) - odds, -_AGAINST, _AGAINST),
        Signal.KIN: _weekly_odds(kin_daily) - odds,
        Signal.LATELY: lately[fleet.group_of],
        Signal.RATE: np.log1p(np.exp(odds)),
        Signal.SINCE: np.log1p(days_since(fleet)) - np.log1p(WEEK),
        Signal.FAILING: fails_now(fleet).astype(np.float64),
    }
    return Signals(
        np.stack([columns[signal] for signal in Signal], axis=1), kin_daily, level.tries / (level.tries + pull)
    )


def fails_now(fleet: FleetDays) -> Flags:
    """Whether a run failed on the newest day on which the node ran."""
    if not fleet.length:
        return np.zeros(len(fleet.node_ids), dtype=np.bool_)
    newest = fleet.length - 1 - fleet.ran[:, ::-1].argmax(axis=1)
    fails: Flags = fleet.failed[np.arange(len(newest)), newest]
    return fails


def days_since(fleet: FleetDays) -> Codes:
    """Days from the newest event to the end, 0 for one on the last day; without any, from the node's first run."""
    if not fleet.length:
        return np.zeros(len(fleet.node_ids), dtype=np.int64)
    events = fleet.events
    oldest = np.where(fleet.ran.any(axis=1), fleet.ran.argmax(axis=1), fleet.length - 1)
    newest = fleet.length - 1 - events[:, ::-1].argmax(axis=1)
    since: Codes = fleet.length - 1 - np.where(events.any(axis=1), newest, oldest)
    return since


def _decayed(events: Numbers, ran: Numbers, half_life: float) -> Tries:
    """Days with an event and days with a run, each worth half after `half_life` days."""
    worth = 0.5 ** (np.arange(ran.shape[1])[::-1] / half_life)
    hits = events @ worth
    return Tries(hits, np.maximum(ran @ worth, hits))


def _draw_weeks(fleet: FleetDays, kin_weekly: Numbers) -> Numbers:
    """The same by whole weeks back from the end, drawn to the node's like."""
    events, ran = (by_week(flags).astype(np.float64) for flags in (fleet.events, fleet.ran))
    pull = likeness(_decayed(events, ran, np.inf), kin_weekly)
    return draw(_decayed(events, ran, _WEEKLY / WEEK), kin_weekly, pull)


def _weekly_odds(daily: Numbers) -> Numbers:
    """A share of days as the odds of any in a week, had the days nothing to do with each other."""
    return to_odds(1 - (1 - daily) ** WEEK)
