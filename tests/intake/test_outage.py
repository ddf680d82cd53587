"""The doors need no PostgreSQL, and the drain waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.db import InternalError, OperationalError, ProgrammingError, connection

from reports.intake.digest import digest_of
from reports.intake.patience import Patience, Stopped
from reports.intake.saving import DatabaseGone, is_passing
from reports.intake.spool import Spool
from reports.intake.tables import Token
from reports.intake.tokens import publish_senders
from reports.store.tables import Run
from tests.intake.doors import Doors, database_url, open_doors
from tests.intake.drains import start_drain, wait_until_empty
from tests.intake.reports import BEARER, DOOR, TOKEN, a_run, jid


class Gate:
    """PostgreSQL's socket under a name of our own, which can be taken away and put back: to a client, a server gone."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder, self.target = folder, target
        self.open()

    def open(self) -> None:
        """Let clients through."""
        (self.folder / self.target.name).symlink_to(self.target)

    def shut(self) -> None:
        """Nobody is there."""
        (self.folder / self.target.name).unlink()


@pytest.fixture
def gate(committed: None) -> Iterator[Gate]:
    """A gate in front of the tests' server, where it is reached by a socket."""
    host, port = connection.settings_dict["HOST"], connection.settings_dict["PORT"] or "5432"
    if not str(host).startswith("/"):
        pytest.skip("the tests' PostgreSQL is not reached by a unix socket")
    folder = Path("/tmp") / f"fv-gate-{os.getpid()}"  # a socket's path has to be short
    folder.mkdir()
    yield Gate(folder, Path(host) / f".s.PGSQL.{port}")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def test_reports_are_accepted_while_postgresql_is_away_and_stored_when_it_is_back(tmp_path: Path, gate: Gate) -> None:
    Token.objects.create(name="fleet", scope="send", digest=digest_of(TOKEN))
    url = database_url().replace(str(gate.target.parent), str(gate.folder))
    with open_doors(tmp_path, FLEETVIEW_DATABASE_URL=url) as doors:
        publish_senders(tmp_path / "senders.json", now=datetime.now(UTC))
        spool = Spool(tmp_path / "spool").make()
        gate.shut()
        with start_drain(tmp_path, FLEETVIEW_DATABASE_URL=url) as drain:
            try:
                _expect_to_wait(doors, spool, range(20))
                gate.open()
                wait_until_empty(spool)
                gate.shut()
                _cut_connections()
                _expect_to_wait(doors, spool, range(20, 40))
                gate.open()
                wait_until_empty(spool)
                assert drain.poll() is None
            finally:
                drain.terminate()
    assert Run.objects.count() == 40


def test_waiting_ends_when_asked_to_stop() -> None:
    stop = threading.Event()
    patience = Patience(stop)

    def fail() -> None:
        stop.set()
        raise DatabaseGone("away")

    with pytest.raises(Stopped):
        patience.insist(fail)


def test_waiting_goes_on_until_it_works(caplog: pytest.LogCaptureFixture) -> None:
    tries = iter([DatabaseGone("one"), OperationalError("two"), None])

    def act() -> str:
        if problem := next(tries):
            raise problem
        return "done"

    assert Patience(threading.Event()).insist(act) == "done"
    assert [record.getMessage().partition("(")[0].strip() for record in caplog.records] == [
        "PostgreSQL cannot be used",
        "PostgreSQL is back.",
    ]


@pytest.mark.parametrize(
    ("error", "code", "passes"),
    [
        (OperationalError, None, True),
        (ProgrammingError, None, False),
        (OperationalError, "53100", True),  # disk full
        (OperationalError, "40P01", True),  # deadlock
        (OperationalError, "57P01", True),  # the server is stopping
        (InternalError, "25006", True),  # a standby: read-only
        (ProgrammingError, "42P01", True),  # not migrated yet
        (OperationalError, "54000", False),  # one of our values is too large
        (OperationalError, "57014", False),  # a statement took too long
        (ProgrammingError, "22021", False),  # bytes that are no text
    ],
)
def test_the_servers_troubles_are_waited_for_and_ours_are_not(
    error: type[OperationalError], code: str | None, passes: bool
) -> None:
    class Cause(psycopg2.Error):
        pgcode = code

    problem = error("trouble")
    problem.__cause__ = Cause()
    assert is_passing(problem) is passes


def test_the_commands_say_what_they_are_for() -> None:
    for name in ("drain", "replay", "issue_token", "revoke_token", "trust_certificate"):
        ran = subprocess.run(
            [sys.executable, "manage.py", name, "--help"],
            cwd=django_settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "usage" in ran.stdout


def _expect_to_wait(doors: Doors, spool: Spool, numbers: range) -> None:
    for number in numbers:
        assert doors.post(DOOR, a_run(jid(number)), BEARER).status == 200
    assert len(spool.everything()) == len(numbers)


def _cut_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
