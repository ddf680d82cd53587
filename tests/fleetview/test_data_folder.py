"""The data folder: somebody's, and said so in a sentence where it is somebody else's."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from fleetview.data_folder import data_folder


@pytest.fixture
def ordinary() -> Iterator[str]:
    """Whoever runs the tests; root as nobody, for as long as the test lasts. Gives the name."""
    if os.geteuid() != 0:
        yield pwd.getpwuid(os.geteuid()).pw_name
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    yield "nobody"
    os.seteuid(0)


def test_a_missing_folder_is_made_so_that_others_can_walk_through_and_not_look(tmp_path: Path) -> None:
    made = data_folder(tmp_path / "var" / "fleetview")
    assert made.stat().st_mode & 0o777 == 0o711
    assert data_folder(made) == made


def test_a_folder_of_somebody_else_is_refused_with_both_names(ordinary: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"/usr belongs to root, and this is {ordinary}\)\. Start"):
        data_folder(Path("/usr"))


def test_a_folder_that_cannot_be_made_is_refused_with_the_reason(ordinary: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be made: Permission denied"):
        data_folder(Path("/usr/fleetview"))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match="cannot be made: File exists"):
        data_folder(tmp_path / "file")
