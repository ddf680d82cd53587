"""The embedded server as a whole: started, stopped, killed, taken over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from fleetview.postgres.binaries import WHEEL
from fleetview.postgres.owner import find_owner
from fleetview.postgres.place import find_place
from tests.fleetview.postgres.launcher import (
    IS_ROOT,
    ROOT,
    ask,
    command_for,
    is_alive,
    launched,
    python_for_ordinary,
    refused,
    remove,
    wait_until_alive,
    wait_until_gone,
)

root_only = pytest.mark.skipif(not IS_ROOT, reason="NOT TESTED: only root runs the server as somebody else")


def test_a_server_keeps_its_data_from_one_start_to_the_next(
    owned_data_dir: Path, binaries: Path, ordinary: bool
) -> None:
    place = find_place(owned_data_dir)
    with launched(owned_data_dir, binaries, ordinary=ordinary) as server:
        ask(place, "CREATE TABLE kept AS SELECT 42 AS answer")
        assert Path(f"/proc/{server.pid}").stat().st_uid != 0
        assert place.socket.stat().st_mode & 0o777 == 0o700
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
    assert not is_alive(place)
    with launched(owned_data_dir, binaries, ordinary=ordinary):
        assert ask(place, "SELECT answer FROM kept") == 42
        assert ask(place, "SHOW server_encoding") == "UTF8"
        assert ask(place, "SHOW listen_addresses") == ""


def test_a_killed_server_recovers_on_the_next_start(data_dir: Path, binaries: Path) -> None:
    place = find_place(data_dir)
    with launched(data_dir, binaries) as server:
        ask(place, "CREATE TABLE kept AS SELECT 42 AS answer")
        ask(place, "CHECKPOINT")
        server.kill()
        server.wait(timeout=30)
    with launched(data_dir, binaries):
        assert ask(place, "SELECT answer FROM kept") == 42


def test_a_server_dies_with_its_parent_even_by_kill_9(data_dir: Path, wheel_binaries: Path) -> None:
    place = find_place(data_dir)
    command = command_for(data_dir, wheel_binaries, ordinary=False)
    parent = subprocess.Popen(
        [sys.executable, "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", *command],
        cwd=ROOT,
        text=True,
        stderr=subprocess.DEVNULL,
    )
    wait_until_alive(parent, place)
    parent.kill()
    parent.wait(timeout=30)
    wait_until_gone(place)


def test_a_server_that_was_left_behind_is_taken_over(data_dir: Path, wheel_binaries: Path) -> None:
    place = find_place(data_dir)
    with launched(data_dir, wheel_binaries) as server:
        ask(place, "CREATE TABLE kept AS SELECT 42 AS answer")
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    owner = find_owner(place.cluster, None)
    options = f"-c listen_addresses='' -k {place.socket} -c hba_file={place.access} -c ident_file={place.names}"
    start: list[str | Path] = [wheel_binaries / "pg_ctl", "-D", place.cluster, "-w", "-o", options]
    log: list[str | Path] = ["-l", place.cluster / "log", "start"]
    assert owner.run([*start, *log], cwd=Path("/")).returncode == 0
    left_behind = ask(place, "SELECT pg_postmaster_start_time()")
    process = subprocess.Popen(
        command_for(data_dir, wheel_binaries, ordinary=False), cwd=ROOT, text=True, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    assert "taking over" in process.stderr.readline()
    assert any("ready to accept connections" in line for line in process.stderr)  # reads on until the new one is there
    assert ask(place, "SELECT answer FROM kept") == 42
    assert ask(place, "SELECT pg_postmaster_start_time()") != left_behind
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)


def test_a_first_start_that_was_cut_short_is_done_again(data_dir: Path, wheel_binaries: Path) -> None:
    place = find_place(data_dir)
    (place.home / "cluster.draft").mkdir(parents=True)
    (place.home / "cluster.draft" / "PG_VERSION").write_text("18\n")
    with launched(data_dir, wheel_binaries):
        assert is_alive(place)
    assert not (place.home / "cluster.draft").exists()


def test_a_long_path_still_has_a_socket(data_dir: Path, wheel_binaries: Path) -> None:
    deep = data_dir / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    place = find_place(deep)
    with launched(deep, wheel_binaries):
        assert not place.socket.is_relative_to(deep)
        assert ask(place, "SELECT 1") == 1
    remove(deep)


@root_only
def test_roots_server_lives_elsewhere_when_the_data_folder_is_closed_to_others(wheel_binaries: Path) -> None:
    closed = Path(tempfile.mkdtemp(prefix="fleetview-closed-"))
    place = find_place(closed)
    try:
        with launched(closed, wheel_binaries):
            assert place.home.is_relative_to("/var/lib")
            assert place.link.is_symlink()
            assert find_place(closed) == place  # now that the link is there
        assert closed.stat().st_mode & 0o777 == 0o700  # nothing was opened
    finally:
        remove(closed)


@root_only
def test_binaries_that_the_owner_may_not_read_are_copied_beside_the_data(data_dir: Path, wheel_binaries: Path) -> None:
    packages = wheel_binaries.parents[2]
    with tempfile.TemporaryDirectory() as closed:
        shutil.copytree(packages / WHEEL, Path(closed) / WHEEL, symlinks=True)
        shutil.copytree(packages / f"{WHEEL}.libs", Path(closed) / f"{WHEEL}.libs", symlinks=True)
        unreadable = Path(closed) / wheel_binaries.relative_to(packages)
        with launched(data_dir, unreadable) as server:
            running = Path(f"/proc/{server.pid}/exe").readlink()
            assert running.is_relative_to(data_dir)


@root_only
def test_a_database_of_another_user_is_not_touched(data_dir: Path, wheel_binaries: Path) -> None:
    if python_for_ordinary() is None:
        pytest.skip("NOT TESTED: the ordinary user may not read this checkout or its Python")
    (data_dir / "postgres" / "cluster").mkdir(parents=True)
    os.chown(data_dir / "postgres" / "cluster", 1, 1)
    assert "belongs to daemon, not to nobody" in refused(data_dir, wheel_binaries, ordinary=True)


def test_a_folder_without_binaries_is_named(data_dir: Path, tmp_path: Path) -> None:
    assert f"FLEETVIEW_POSTGRES_BIN={tmp_path}: there is no postgres" in refused(data_dir, tmp_path)


def test_a_database_of_another_version_is_refused_with_the_way_out(data_dir: Path, wheel_binaries: Path) -> None:
    cluster = data_dir / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("13\n")
    if IS_ROOT:
        os.chown(cluster, find_owner(data_dir / "none", None).uid, -1)
    said = refused(data_dir, wheel_binaries)
    assert "made by PostgreSQL 13" in said
    assert "Install postgresql-13" in said
