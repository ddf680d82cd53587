"""One Fleetview for all end-to-end tests, and the tools that can be had."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.authority import Authority, make_authority
from tests.tools.served import ROOT, Served, serve

SALT = ROOT / "build" / "tools" / "salt" / "bin"
TERMINUS = "/usr/lib/ruby/vendor_ruby/puppet/reports/puppetdb.rb"


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Path]:
    """A folder with a short name: the path of a Unix socket holds 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix="fv-"))
    folder.chmod(0o711)  # root's PostgreSQL runs as somebody else
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def authority(short_folder: Path) -> Authority:
    """The authority that every certificate in these tests comes from."""
    return make_authority(short_folder / "ca")


@pytest.fixture(scope="session")
def served(short_folder: Path, authority: Authority) -> Iterator[Served]:
    """A running Fleetview."""
    with serve(short_folder / "data", authority) as running:
        yield running


@pytest.fixture(scope="session")
def puppet() -> str:
    """The program, with the terminus beside it; without them the test is skipped, and says so."""
    found = shutil.which("puppet")
    if found is None or not Path(TERMINUS).exists():
        pytest.skip("NOT TESTED: no puppet with its PuppetDB terminus here; `bin/tools` installs them where it may")
    return found


@pytest.fixture(scope="session")
def salt() -> Path:
    """The folder of Salt's programs; without it the test is skipped, and says so."""
    if not (SALT / "salt-call").exists():
        pytest.skip("NOT TESTED: no salt here; `bin/tools` installs it")
    return SALT
