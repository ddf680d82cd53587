"""What is plain to see in a node's past days: the facts that reasons are told from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import WEEK, Codes, Flags, FleetDays, by_week, on_any
from reports.risk.signals import days_since

LATELY = 2 * WEEK  # days
WEEKS_TOLD = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """One row a node. Days and weeks count back from the end."""

    corrected_days: Codes  # of the last LATELY, as are the next two
    failed_days: Codes
    ran_days: Codes
    hit_weeks: Codes  # of the last WEEKS_TOLD, weeks with an event, and weeks with a run
    ran_weeks: Codes
    failing_days: Codes  # days with a run, the newest ones, on all of which a run failed
    quiet_days: Codes  # since the newest event; since the first run, where there was none
    known_days: Codes  # since the first run, that day included; 0: none
    had_event: Flags  # within the days known


def read_facts(fleet: FleetDays) -> Facts:
    """The facts of every node."""
    hit_weeks, ran_weeks = (by_week(flags)[:, -WEEKS_TOLD:] for flags in (fleet.events, fleet.ran))
    first_run = fleet.ran.argmax(axis=1) if fleet.length else np.zeros(len(fleet.node_ids), dtype=np.int64)
    has_run = on_any(fleet.ran)
    return Facts(
        corrected_days=_count(fleet.corrected[:, -LATELY:]),
        failed_days=_count(fleet.failed[:, -LATELY:]),
        ran_days=_count((fleet.ran | fleet.events)[:, -LATELY:]),
        hit_weeks=_count(hit_weeks),
        ran_weeks=_count(ran_weeks),
        failing_days=_failing_days(fleet),
        quiet_days=days_since(fleet),
        known_days=np.where(has_run, fleet.length - first_run, 0),
        had_event=on_any(fleet.events),
    )


def _count(flags: Flags) -> Codes:
    return np.asarray(flags.sum(axis=1), dtype=np.int64)


def _failing_days(fleet: FleetDays) -> Codes:
    """How many days with a run, counted back, until one without a failure."""
    recovered = (fleet.ran & ~fleet.failed)[:, ::-1]
    is_over = np.logical_or.accumulate(recovered, axis=1)
    return _count(fleet.failed[:, ::-1] & ~is_over)
