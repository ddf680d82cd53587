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
from reports.schedule.job import Job, Lane, Where
from reports.store.partitions import make_partitions_ahead
from reports.weekly.archive import prune_briefs
from reports.weekly.due import order_due
from reports.weekly.mail import send_due
from reports.weekly.make import make_next

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
    Job("drop briefs that are old", prune_briefs, timedelta(hours=6), Where.ONE_MACHINE),
    Job("order briefs that are due", order_due, timedelta(seconds=10), Where.ONE_MACHINE),
    # Each brief and each mail is claimed by whoever works on it, so that every machine may take the next one.
    Job("make briefs", make_next, timedelta(seconds=1), Where.EVERY_MACHINE, Lane.BRIEFS),
    Job("send mails", send_due, timedelta(seconds=5), Where.EVERY_MACHINE, Lane.MAILS),
)
