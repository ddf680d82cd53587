"""The whole of Fleetview as one process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleetview.served import Served


@pytest.fixture
def served(data_dir: Path) -> Iterator[Served]:
    served = Served(data_dir)
    yield served
    served.end()


def test_it_starts_whole_mends_what_dies_and_stops_without_a_trace(served: Served) -> None:
    served.wait_to_say("serve +ready at http://127")
    assert served.health() == 200
    served.wait_to_say("drop what is older than it is kept")
    server = next(pid for pid, command in served.processes().items() if "/postgres -D" in command)
    os.kill(server, signal.SIGKILL)
    served.wait_to_say("postgres ended \\(killed by SIGKILL\\); starting it again")
    served.wait_to_say("ready to accept connections", times=2)
    began = time.monotonic()
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=30) == 0
    assert time.monotonic() - began < 20
    assert served.processes() == {}
    assert "killing it" not in served.said


def test_a_second_one_on_the_same_data_says_so(served: Served) -> None:
    served.wait_to_say("serve +ready at http://127")
    second = Served(served.data_dir)
    assert second.process.wait(timeout=30) == 1
    second.close()
    assert f"already runs on {served.data_dir} (process {served.process.pid})" in second.said
    assert served.health() == 200


def test_kill_9_leaves_no_orphan(served: Served) -> None:
    served.wait_to_say("drop what is older than it is kept")
    assert len(served.processes()) > 3
    served.process.kill()
    served.process.wait(timeout=10)
    deadline = time.monotonic() + 20
    while served.processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert served.processes() == {}


def test_the_doors_open_without_a_database(data_dir: Path) -> None:
    served = Served(data_dir, FLEETVIEW_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    try:
        served.wait_to_say("serve +ready at http://127")
        assert served.health() == 200
        served.wait_to_say("waiting for PostgreSQL: connection to server at .* failed")
        assert served.process.poll() is None
        assert "Traceback" not in served.said
    finally:
        served.end()


def test_a_setting_that_means_nothing_is_told_in_one_line(data_dir: Path) -> None:
    served = Served(data_dir, FLEETVIEW_MAX_BODY="plenty")
    assert served.process.wait(timeout=30) == 1
    served.end()
    assert served.said.startswith("FLEETVIEW_MAX_BODY='plenty': this has to be a size")
    assert served.said.count("\n") == 1
