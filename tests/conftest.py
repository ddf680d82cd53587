"""One throw-away data folder and one PostgreSQL for the whole run of the tests.

FLEETVIEW_DATABASE_URL in the environment names a server to use instead of the embedded one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg2
import pytest

from tests.corpus import CORPUS

ROOT = Path(__file__).resolve().parent.parent

# Settings are read when Django is first asked for one: the environment has to be ready before any import of ours.
DATA_DIR = Path(tempfile.mkdtemp(prefix="fleetview-tests-"))
DATA_DIR.chmod(0o711)  # root's PostgreSQL runs as somebody else
(DATA_DIR / "static").mkdir()
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ["FLEETVIEW_DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "fleetview.settings"
# Once a browser is driven, Playwright's event loop counts as running in this thread, for all tests that follow; nothing
# here is asynchronous, so that Django's guard against the ORM in a coroutine would only ever be wrong.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()
# Not for the processes that share the tests out: pytest-django would read the settings there before this file is.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings  # noqa: E402 - the environment first
from django.db import connection  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from reports.store.partitions import PARTITIONED  # noqa: E402
from reports.store.resource_sets import KNOWN  # noqa: E402

# Plain names: nothing has been collected, and no test is about the hash in a file's name.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_report_header() -> list[str]:
    """Say once what is not there."""
    missing = [] if CORPUS.is_dir() else [f"no corpus of real reports at {CORPUS}: what needs it is skipped"]
    return [
        f"PostgreSQL: {'as FLEETVIEW_DATABASE_URL says' if settings.FLEETVIEW_DATABASE_URL else 'embedded'}",
        *missing,
    ]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser last: Playwright leaves its event loop running in this thread, and asyncio.run() would refuse."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """A server that answers, for as long as the tests run."""
    if settings.FLEETVIEW_DATABASE_URL:
        yield
        return
    server = subprocess.Popen(
        [sys.executable, "-m", "fleetview.postgres", str(DATA_DIR), "--throw-away"], cwd=ROOT, start_new_session=True
    )
    _wait_until_alive(server)
    yield
    server.send_signal(signal.SIGINT)
    server.wait(timeout=60)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: None) -> None:
    """pytest-django asks for this before it makes the test database."""


@pytest.fixture(autouse=True)
def know_nothing() -> None:
    """What a process remembers to be stored is not, once a test has emptied the tables."""
    KNOWN.forget()


@pytest.fixture(autouse=True)
def leave_no_facts(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that really commits Django empties the tables it manages, and not the partitioned ones."""
    yield
    mark = request.node.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(PARTITIONED)}")


def _wait_until_alive(server: subprocess.Popen[bytes]) -> None:
    database = settings.DATABASES["default"]
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=database["NAME"]).close()
        except psycopg2.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The embedded PostgreSQL did not start; it says why above.") from error
            time.sleep(0.05)
        else:
            return
