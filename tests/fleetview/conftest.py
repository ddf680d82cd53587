"""A data folder for a whole Fleetview."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleetview.postgres.launcher import remove


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder that root's PostgreSQL can be reached in: pytest's own are closed to everybody else."""
    folder = Path(tempfile.mkdtemp(prefix="fleetview-serve-"))
    folder.chmod(0o711)
    yield folder
    remove(folder)
