"""One gunicorn for all tests of the doors, with a spool, a sender and a drain of their own for each test."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from reports.intake.drain import open_drain
from reports.intake.senders import write_senders
from reports.intake.spool import Spool
from tests.intake.doors import Doors, open_doors
from tests.intake.reports import a_sender


@pytest.fixture(scope="session")
def shared_doors(tmp_path_factory: pytest.TempPathFactory, postgres: None) -> Iterator[Doors]:
    """gunicorn, started once."""
    with open_doors(tmp_path_factory.mktemp("doors")) as doors:
        yield doors


@pytest.fixture
def doors(shared_doors: Doors, settings: Settings) -> Iterator[Doors]:
    """The doors with an empty spool and one sender; this process looks at the same folder."""
    settings.FLEETVIEW_DATA_DIR = shared_doors.folder
    write_senders(shared_doors.folder / "senders.json", [a_sender()])
    yield shared_doors
    for name in ("new", "claimed", "tmp"):
        for path in (shared_doors.folder / "spool" / name).glob("*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for tally in (shared_doors.folder / "spool").glob("tally*"):
        tally.unlink()
    for name in ("refused", "kept", "spool/copies"):
        shutil.rmtree(shared_doors.folder / name, ignore_errors=True)


@pytest.fixture
def spool(tmp_path: Path, settings: Settings) -> Spool:
    """An empty spool in a folder of the test's own, without doors."""
    settings.FLEETVIEW_DATA_DIR = tmp_path
    return Spool(tmp_path / "spool").make()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database that other processes see what is written to; empty again afterwards.

    Django's own flush leaves out the partitioned tables, which are none of its making.
    """
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE run, run_detail, change, inventory_change")


@pytest.fixture
def drain(db: None) -> Callable[[], None]:
    """Drain this process's spool until it is empty."""
    return drain_until_empty


def drain_until_empty() -> None:
    """What `manage.py drain --until-empty` does, in this process."""
    open_drain(threading.Event()).run(until_empty=True)
