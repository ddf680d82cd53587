"""A whole Fleetview under test: started as operators start it, heard, and ended whatever happens."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """A running `python -m fleetview.serve`, and what it has said so far."""

    def __init__(self, data_dir: Path, *options: str, **settings: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.bind = f"127.0.0.1:{found.getsockname()[1]}"
        self.data_dir = data_dir
        mine = {"FLEETVIEW_DATA_DIR": str(data_dir), "FLEETVIEW_BIND": self.bind, "FLEETVIEW_WORKERS": "1", **settings}
        theirs = {name: value for name, value in os.environ.items() if not name.startswith("FLEETVIEW_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fleetview.serve", *options],
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
        deadline = time.monotonic() + 120
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
