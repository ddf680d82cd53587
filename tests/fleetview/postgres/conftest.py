"""Which binaries there are on this machine, and as whom they run."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from fleetview.postgres.binaries import SYSTEM, WHEEL
from tests.fleetview.postgres.launcher import IS_ROOT, ORDINARY, python_for_ordinary


def wheel() -> Path:
    """The wheel's binaries: a requirement, so always there."""
    found = importlib.util.find_spec(WHEEL)
    assert found is not None
    assert found.submodule_search_locations
    return next(Path(found.submodule_search_locations[0]).glob("*/bin"))


@pytest.fixture(params=["system", "wheel"])
def binaries(request: pytest.FixtureRequest) -> Path:
    """Each kind of binaries in turn."""
    if request.param == "wheel":
        return wheel()
    installed = sorted(SYSTEM.glob("*/bin"))
    if not installed:
        pytest.skip("NOT TESTED: no PostgreSQL of the system's here (Debian's package postgresql)")
    return installed[-1]


@pytest.fixture
def wheel_binaries() -> Path:
    """The wheel's, where one kind is enough."""
    return wheel()


@pytest.fixture(params=["root", "ordinary"])
def ordinary(request: pytest.FixtureRequest) -> bool:
    """As root and as an ordinary user; root can be both, an ordinary user only itself."""
    if request.param == "root" and not IS_ROOT:
        pytest.skip("NOT TESTED as root: the tests run as an ordinary user")
    if request.param == "ordinary" and python_for_ordinary() is None:
        pytest.skip(f"NOT TESTED as an ordinary user: {ORDINARY.pw_name} may not read this checkout or its Python")
    return bool(request.param == "ordinary")


@pytest.fixture
def owned_data_dir(data_dir: Path, ordinary: bool) -> Path:
    """The same, given to the user of the test."""
    if ordinary and IS_ROOT:
        os.chown(data_dir, ORDINARY.pw_uid, ORDINARY.pw_gid)
    return data_dir
