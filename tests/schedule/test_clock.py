"""Jobs on a clock, shared by machines."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from reports.schedule.clock import make_clock, run_job
from reports.schedule.job import Job, Where
from reports.schedule.jobs import JOBS
from reports.schedule.leader import Leadership


@pytest.fixture
def leadership() -> Iterator[Leadership]:
    leadership = Leadership()
    yield leadership
    leadership.give_up()


def job(run: object, where: Where = Where.ONE_MACHINE) -> Job:
    return Job("a job", run, timedelta(hours=1), where)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_one_machine_leads_until_it_gives_up(leadership: Leadership) -> None:
    other = Leadership()
    assert leadership.is_held()
    assert leadership.is_held()
    assert not other.is_held()
    leadership.give_up()
    assert other.is_held()
    other.give_up()


@pytest.mark.django_db
def test_only_the_leader_does_what_must_be_done_once(leadership: Leadership) -> None:
    done: list[datetime] = []
    other = Leadership()
    run_job(job(done.append), leadership)
    run_job(job(done.append), other)
    assert len(done) == 1
    run_job(job(done.append, Where.EVERY_MACHINE), other)
    assert len(done) == 2
    other.give_up()


@pytest.mark.django_db
def test_a_job_is_told_an_aware_time_and_its_result_is_logged(
    leadership: Leadership, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="schedule"):
        run_job(job(lambda now: f"done in {now.tzname()}"), leadership)
    assert "a job: done in UTC" in caplog.messages


@pytest.mark.django_db
def test_a_job_that_is_not_due_is_not_logged(leadership: Leadership, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="schedule"):
        run_job(job(lambda _now: None), leadership)
    assert caplog.messages == []


@pytest.mark.django_db
def test_without_a_database_a_job_waits_for_its_next_turn(
    leadership: Leadership, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_now: datetime) -> None:
        raise OperationalError("server closed the connection\nand more")

    run_job(job(fail), leadership)
    assert caplog.messages == ["a job: no database, trying again in its turn: server closed the connection"]


def test_a_job_that_fails_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    both_done = threading.Event()

    def fail(_now: datetime) -> None:
        raise ValueError("broken")

    clock = make_clock(
        [job(fail, Where.EVERY_MACHINE), job(lambda _: both_done.set(), Where.EVERY_MACHINE)],
    )
    thread = threading.Thread(target=clock.start)
    thread.start()
    assert both_done.wait(timeout=10)
    clock.shutdown()
    thread.join(timeout=10)
    assert any("raised an exception" in message for message in caplog.messages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wanted", JOBS, ids=lambda wanted: wanted.name)
def test_every_job_runs(wanted: Job, leadership: Leadership, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="schedule"):
        run_job(wanted, leadership)
    assert caplog.messages
    assert caplog.messages[-1].startswith(f"{wanted.name}: ")
