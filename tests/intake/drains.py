"""Drains as processes of their own, to be killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from reports.intake.spool import Spool
from tests.intake.doors import ROOT, environment


def start_drain(folder: Path, *options: str, **settings: str) -> subprocess.Popen[bytes]:
    """`manage.py drain` on the spool in `folder` and the tests' database."""
    command = [sys.executable, "manage.py", "drain", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment(folder, **settings), stderr=subprocess.DEVNULL)


def wait_until_empty(spool: Spool, *, seconds: float = 60) -> None:
    """Until nothing waits and nothing is claimed."""
    deadline = time.monotonic() + seconds
    while spool.everything():
        assert time.monotonic() < deadline, f"{len(spool.everything())} reports still wait"
        time.sleep(0.05)
