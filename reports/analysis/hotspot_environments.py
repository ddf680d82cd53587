"""Which environments are corrected most?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reports.analysis.hotspots import Hotspot, HotspotFilter, Hottest, fetch
from reports.analysis.paging import Slice
from reports.sql import load

RANK_ENVIRONMENTS = load(__file__, "rank_environments")
_HOUR = timedelta(hours=1)


def rank_environments(wanted: HotspotFilter) -> Slice[Hotspot]:
    """Every environment that had a run in the window, most corrections first, and all on one page: there are few.

    Runs are counted to the hour, nodes to the day. No environment told: an empty name.
    """
    window, before = wanted.window, wanted.window.before()
    asked = {
        "before": _hour_of(before.since),
        "since": _hour_of(window.since),
        "until": window.until,
        "first": window.first_day,
        "last": window.end_day - timedelta(days=1),
        "environment": wanted.environment,
    }
    return Slice(tuple(_hotspot(row) for row in fetch(RANK_ENVIRONMENTS, asked)))


def _hour_of(moment: datetime) -> datetime:
    """The first whole hour from then on."""
    begun = moment.replace(minute=0, second=0, microsecond=0)
    return begun if begun == moment else begun + _HOUR


def _hotspot(row: tuple[Any, ...]) -> Hotspot:
    name, corrections, corrections_before, runs, corrected_runs, nodes, kind, title, last_correction_at = row
    return Hotspot(
        id=None,
        name=name,
        site=None,
        environment=name,
        corrections=corrections,
        corrections_before=corrections_before,
        runs=runs,
        corrected_runs=corrected_runs,
        share_of_runs=corrected_runs / runs if runs else 0.0,
        heat=None,
        last_correction_at=last_correction_at,
        nodes=nodes,
        hottest=Hottest(f"{kind}[{title}]") if kind else None,
    )
