"""One server for one data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fleetview.only_one import AlreadyServed, only_one


def test_a_second_server_is_told_which_one_runs(tmp_path: Path) -> None:
    with (
        only_one(tmp_path),
        pytest.raises(AlreadyServed, match=f"already runs on .* \\(process {os.getpid()}\\)"),
        only_one(tmp_path),
    ):
        pass


def test_a_lock_file_left_behind_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "serve.lock").write_text("999999\n")
    with only_one(tmp_path):
        assert (tmp_path / "serve.lock").read_text() == f"{os.getpid()}\n"
    with only_one(tmp_path):
        pass
