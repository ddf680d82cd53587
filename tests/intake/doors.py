"""A real gunicorn on a free port, and a plain client for it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def detail(self) -> str:
        """The sentence of a refusal."""
        return str(json.loads(self.body)["detail"])


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the doors of one gunicorn are, and the folder it keeps things in."""

    port: int
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any = b"", headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ANN401
        """POST bytes by length, or an iterable of bytes in chunks."""
        return self.ask("POST", path, body=body, headers=headers)

    def ask(self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:  # noqa: ANN401
        """Any request, on a connection of its own."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            client.request(method, path, body=body, headers=dict(headers or {}))
            response = client.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            client.close()

    def manage(self, *arguments: str) -> str:
        """What a management command prints, run against the same folder and database."""
        ran = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.folder, **self.settings),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def spooled(self) -> list[Path]:
        """The files that wait in the spool."""
        return sorted((self.folder / "spool" / "new").glob("*"))


@contextmanager
def open_doors(folder: Path, *options: str, **settings: str) -> Iterator[Doors]:
    """Doors that keep things in `folder` and would find the tests' database; `settings` are FLEETVIEW_*."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "fleetview.wsgi:application", "--worker-class", "gthread"]
    command += ["--workers", "1", "--threads", "4", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--keep-alive", "30", "--log-level", "warning", "--graceful-timeout", "1", *options]
    (folder / "static").mkdir(exist_ok=True)  # or whitenoise warns
    server = subprocess.Popen(command, cwd=ROOT, env=environment(folder, **settings))
    try:
        wait_until_listening(port, server)
        yield Doors(port, folder, settings)
    finally:
        server.terminate()
        server.wait(timeout=30)


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What another process has to be told to keep things in `folder` and in the tests' database."""
    return {
        **os.environ,
        "FLEETVIEW_DATA_DIR": str(folder),
        "FLEETVIEW_DATABASE_URL": database_url(),
        **settings,
    }


def wait_until_listening(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until a connection is taken; RuntimeError when the server ended instead."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError("gunicorn did not start; it says why above")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def database_url() -> str:
    """The tests' own database, as another process has to be told of it."""
    words = connection.settings_dict
    parts = {"host": words["HOST"], "port": words["PORT"], "user": words["USER"], "password": words["PASSWORD"]}
    query = "&".join(f"{key}={value}" for key, value in parts.items() if value)
    return f"postgresql:///{words['NAME']}?{query}"
