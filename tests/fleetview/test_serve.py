"""The whole of Fleetview as one process."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fleetview.postgres.launcher import remove

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """A running `python -m fleetview.serve`, and what it has said so far."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.bind = f"127.0.0.1:{found.getsockname()[1]}"
        self.data_dir = data_dir
        mine = {"FLEETVIEW_DATA_DIR": str(data_dir), "FLEETVIEW_BIND": self.bind, "FLEETVIEW_WORKERS": "1", **settings}
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("FLEETVIEW_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fleetview.serve"],
            cwd=ROOT,
            env=theirs | mine,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.said = ""
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def wait_to_say(self, what: str, times: int = 1) -> None:
        """Return when a pattern has appeared in the log so often."""
        deadline = time.monotonic() + 60
        while len(re.findall(what, self.said)) < times:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, f"not said: {what}\n{self.said}"
            time.sleep(0.05)

    def health(self) -> int:
        """The status of GET /healthz."""
        with urllib.request.urlopen(f"http://{self.bind}/healthz", timeout=10) as answer:
            return int(answer.status)

    def processes(self) -> dict[int, str]:
        """All living processes that were started for this data folder, whoever's children they are by now."""
        mark = f"FLEETVIEW_DATA_DIR={self.data_dir}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        return found

    def end(self) -> None:
        """Stop it, whatever the test has left of it."""
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=30)
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Hear out a process that has ended."""
        self.process.wait(timeout=10)
        self._listener.join(timeout=10)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="fleetview-serve-"))
    folder.chmod(0o711)
    yield folder
    remove(folder)


@pytest.fixture
def served(data_dir: Path) -> Iterator[Served]:
    served = Served(data_dir)
    yield served
    served.end()


def test_it_starts_whole_mends_what_dies_and_stops_without_a_trace(served: Served) -> None:
    served.wait_to_say("serve +ready at http://127")
    assert served.health() == 200
    served.wait_to_say("make partitions ahead")
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
    served.wait_to_say("make partitions ahead")
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
