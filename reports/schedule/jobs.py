"""All that happens on a clock, in one list."""

from __future__ import annotations

from datetime import timedelta

from reports.schedule.job import Job, Where
from reports.store.partitions import make_partitions_ahead

JOBS = (Job("make partitions ahead", make_partitions_ahead, timedelta(hours=6), Where.ONE_MACHINE),)
