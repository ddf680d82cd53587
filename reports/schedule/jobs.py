"""All that happens on a clock, in one list."""

from __future__ import annotations

from datetime import timedelta

from reports.drift.stale import explain_stale
from reports.intake.kept import prune_kept
from reports.intake.refused import prune_refused
from reports.people.audit import prune_audit
from reports.people.visible_nodes import recount_visible_nodes
from reports.risk.backtest import backtest_when_due
from reports.risk.foretell import foretell_when_due
from reports.rollups.prune import prune
from reports.schedule.job import Job, Where
from reports.store.partitions import make_partitions_ahead

JOBS = (
    Job("make partitions ahead", make_partitions_ahead, timedelta(hours=6), Where.ONE_MACHINE),
    Job("work out who sees which nodes", recount_visible_nodes, timedelta(minutes=1), Where.ONE_MACHINE),
    Job("tell stale causes again", explain_stale, timedelta(minutes=5), Where.ONE_MACHINE),
    Job("drop what is older than it is kept", prune, timedelta(hours=6), Where.ONE_MACHINE),
    Job("drop what people did long ago", prune_audit, timedelta(hours=6), Where.ONE_MACHINE),
    Job("drop kept bytes that are old", prune_kept, timedelta(hours=1), Where.EVERY_MACHINE),
    Job("drop refused reports that are old", prune_refused, timedelta(hours=1), Where.EVERY_MACHINE),
    Job("foretell the next seven days", foretell_when_due, timedelta(minutes=1), Where.ONE_MACHINE),
    Job("test the forecast on past weeks", backtest_when_due, timedelta(minutes=5), Where.ONE_MACHINE),
)
