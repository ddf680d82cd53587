"""Which environments are corrected most?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reports.analysis.hotspots import Hotspot, HotspotFilter, Hottest, fetch
from reports.analysis.paging import Slice
from reports.search.on_environments import means_environment
from reports.sql import load

RANK_ENVIRONMENTS = load(__file__, "rank_environments")


def rank_environments(wanted: HotspotFilter) -> Slice[Hotspot]:
    """Every environment that had a run in the window, most corrections first, and all on one page: there are few.

    Nodes are counted by the day. No environment told: an empty name.
    """
    window, before = wanted.window, wanted.window.before()
    asked = {
        "before": before.since,
        "since": window.since,
        "until": window.until,
        "first": window.first_day,
        "last": window.end_day - timedelta(days=1),
        "environment": wanted.environment,
    }
    found = (_hotspot(row) for row in fetch(RANK_ENVIRONMENTS, asked))
    return Slice(tuple(spot for spot in found if wanted.q is None or means_environment(wanted.q, spot.name)))


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
