"""Nothing accepted is lost or counted twice, whatever happens to the drains."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from reports.intake.prepare import MOST_DEATHS
from reports.intake.spool import Spool
from reports.intake.tables import Refused
from reports.store.tables import Run
from tests.intake.drains import start_drain, wait_until_empty
from tests.intake.reports import a_run, an_envelope, jid

pytestmark = pytest.mark.usefixtures("committed")

REPORTS = 1500
KILLS = 10


def fill(spool: Spool, numbers: range) -> None:
    """Every report twice, as a sender that got no answer would send it."""
    for number in numbers:
        for _ in range(2):
            spool.put(an_envelope(), a_run(jid(number), f"web{number % 50:02}"), unfolded=600)


def expect_each_once() -> None:
    """Every run is there, and no run twice."""
    ids = list(Run.objects.values_list("id", flat=True))
    assert len(ids) == len(set(ids)) == REPORTS
    assert Refused.objects.count() == 0


def test_drains_killed_at_any_moment_lose_and_double_nothing(spool: Spool) -> None:
    rng = random.Random(20261123)  # noqa: S311 - moments, not secrets
    share = REPORTS // KILLS
    for turn in range(KILLS):
        fill(spool, range(turn * share, (turn + 1) * share))
        drain = start_drain(spool.folder.parent)
        _wait_until_it_works(spool, drain)
        time.sleep(rng.random() * 0.15)
        drain.kill()
        drain.wait()
    last = start_drain(spool.folder.parent, "--until-empty")
    assert last.wait(timeout=60) == 0
    assert spool.everything() == []
    expect_each_once()


def test_drains_killed_while_postgresql_is_away_cost_no_report_anything(spool: Spool) -> None:
    fill(spool, range(REPORTS // 100))
    for _ in range(MOST_DEATHS + 1):
        drain = start_drain(spool.folder.parent, FLEETVIEW_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nowhere")
        _wait_until_it_works(spool, drain)
        time.sleep(0.2)  # reads them all, and waits
        drain.kill()
        drain.wait()
    last = start_drain(spool.folder.parent, "--until-empty")
    assert last.wait(timeout=60) == 0
    assert spool.everything() == []
    assert Refused.objects.count() == 0
    assert Run.objects.count() == REPORTS // 100


def test_two_drains_at_once_share_the_work(spool: Spool) -> None:
    fill(spool, range(REPORTS))
    drains = start_drain(spool.folder.parent, "--until-empty", "--workers", "2")
    assert drains.wait(timeout=60) == 0
    expect_each_once()


def test_a_drain_takes_over_at_once_what_a_dead_one_had_claimed(spool: Spool) -> None:
    living = start_drain(spool.folder.parent)
    try:
        dead = spool.claimed / "1-dead"
        fill(spool, range(REPORTS // 100))
        wait_until_empty(spool)
        dead.mkdir()
        spool_elsewhere = Spool(spool.folder.parent / "elsewhere").make()
        fill(spool_elsewhere, range(REPORTS // 100, REPORTS // 50))
        for file in spool_elsewhere.new.iterdir():
            file.rename(dead / file.name)
        Path(f"{dead}.lock").touch()
        wait_until_empty(spool)
        assert Run.objects.count() == REPORTS // 50
        assert not dead.exists()
    finally:
        living.terminate()
        assert living.wait(timeout=30) == 0


def test_a_drain_that_is_asked_to_stop_finishes_its_batch(spool: Spool) -> None:
    fill(spool, range(REPORTS))
    drain = start_drain(spool.folder.parent)
    _wait_until_it_works(spool, drain)
    drain.terminate()
    assert drain.wait(timeout=30) == 0
    assert list(spool.claimed.iterdir()) == []
    assert 0 < Run.objects.count() < REPORTS


def _wait_until_it_works(spool: Spool, drain: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while not any(spool.claimed.glob("*/*")):
        assert drain.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.002)
