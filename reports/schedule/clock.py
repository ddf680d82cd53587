"""Run jobs when they are due, one at a time, until told to stop; one that fails is tried again in its turn."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from django.db import InterfaceError, OperationalError, close_old_connections

from reports.schedule.job import Job, Lane, Where
from reports.schedule.leader import Leadership

log = logging.getLogger("schedule")


def make_clock(jobs: Sequence[Job]) -> BlockingScheduler:
    """A clock that starts every job at once and then at its interval; `start()` runs it, `shutdown()` ends it.

    One thread runs all jobs of a lane. A job that was due several times while another one ran is run once.
    """
    leadership = Leadership()
    clock = BlockingScheduler(
        timezone=UTC,
        executors={lane.value: ThreadPoolExecutor(max_workers=1) for lane in Lane},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in jobs:
        every = IntervalTrigger(seconds=int(job.every.total_seconds()), timezone=UTC)
        begin = datetime.now(UTC)
        clock.add_job(
            run_job, every, args=[job, leadership], name=job.name, executor=job.lane.value, next_run_time=begin
        )
    return clock


def run_job(job: Job, leadership: Leadership) -> None:
    """Run a job now, where it is this machine's to run. Without a database it waits for its next turn."""
    close_old_connections()
    try:
        if job.where is Where.ONE_MACHINE and not leadership.is_held():
            return
        result = job.run(datetime.now(UTC))
        log.log(logging.DEBUG if result is None else logging.INFO, "%s: %s", job.name, result)
    except (OperationalError, InterfaceError) as error:
        log.warning("%s: no database, trying again in its turn: %s", job.name, str(error).splitlines()[0])
    finally:
        close_old_connections()
