"""All that happens on a clock, in one list."""

from __future__ import annotations

from datetime import timedelta

from reports.intake.kept import prune_kept
from reports.intake.refused import prune_refused
from reports.rollups.prune import prune
from reports.schedule.job import Job, Where
from reports.store.partitions import make_partitions_ahead

JOBS = (
    Job("make partitions ahead", make_partitions_ahead, timedelta(hours=6), Where.ONE_MACHINE),
    Job("drop what is older than it is kept", prune, timedelta(hours=6), Where.ONE_MACHINE),
    Job("drop kept bytes that are old", prune_kept, timedelta(hours=1), Where.EVERY_MACHINE),
    Job("drop refused reports that are old", prune_refused, timedelta(hours=1), Where.EVERY_MACHINE),
)
