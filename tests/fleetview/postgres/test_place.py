"""Where the embedded server lives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fleetview.postgres.binaries import Binaries, find_binaries
from fleetview.postgres.cluster import make_cluster, prepare_folders
from fleetview.postgres.owner import Owner, find_owner
from fleetview.postgres.place import find_place
from fleetview.postgres.problem import PostgresProblem


def ourselves() -> Owner:
    return Owner(uid=os.geteuid(), gid=os.getegid(), name="ourselves", differs=False)


def test_an_ordinary_users_server_lives_in_the_data_folder(tmp_path: Path) -> None:
    place = find_place(tmp_path, as_root=False)
    assert place.cluster == tmp_path / "postgres" / "cluster"


def test_a_socket_path_always_fits(tmp_path: Path) -> None:
    deep = tmp_path / ("ä" * 50)  # 100 bytes
    socket = find_place(deep, as_root=False).socket
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    assert find_place(deep, as_root=False).socket == socket
    assert find_place(tmp_path / ("ö" * 50), as_root=False).socket != socket


def test_root_finds_another_home_behind_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert find_place(closed / "var", as_root=True).home.parent == Path("/var/lib")


def test_a_comma_in_the_path_keeps_the_socket_out_of_it(tmp_path: Path) -> None:
    """PostgreSQL reads a list of folders there, and libpq a list of servers."""
    assert find_place(tmp_path / "x,y", as_root=False).socket.parent == Path("/tmp")


def test_a_socket_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    place = find_place(tmp_path, as_root=False)
    place.socket.mkdir(parents=True)
    place.socket.chmod(0o755)
    with pytest.raises(PostgresProblem, match="alone"):
        prepare_folders(place, ourselves())


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    place = find_place(tmp_path, as_root=False)
    place.home.mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    place.socket.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PostgresProblem, match="alone"):
        prepare_folders(place, ourselves())


def test_too_little_room_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = find_place(tmp_path, as_root=False)
    prepare_folders(place, ourselves())
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10 * 2**20}))
    with pytest.raises(PostgresProblem, match="10 MiB free, 256 MiB needed"):
        make_cluster(place, Binaries(bin=tmp_path, major=15), ourselves())
    assert not place.cluster.exists()


def test_what_initdb_says_reaches_the_operator(tmp_path: Path) -> None:
    place = find_place(tmp_path, as_root=False)
    prepare_folders(place, ourselves())
    (tmp_path / "initdb").write_text("#!/bin/sh\necho 'no space left on device' >&2\nexit 1\n")
    (tmp_path / "initdb").chmod(0o755)
    with pytest.raises(PostgresProblem, match="initdb failed: no space left on device"):
        make_cluster(place, Binaries(bin=tmp_path, major=15), ourselves())
    assert not place.cluster.exists()


def test_the_binaries_that_made_the_cluster_are_preferred(wheel_binaries: Path) -> None:
    major = find_binaries(wheel_binaries, None).major
    assert find_binaries(None, major).major == major
    with pytest.raises(PostgresProblem, match="made by PostgreSQL 9"):
        find_binaries(None, 9)


def test_a_user_who_does_not_exist_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(PostgresProblem, match="No user no-such-user"):
        find_owner(tmp_path / "cluster", "no-such-user")
    with pytest.raises(PostgresProblem, match="does not run as root"):
        find_owner(tmp_path / "cluster", "root")
