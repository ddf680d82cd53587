"""A whole Fleetview as an operator starts it, with a database of its own, seen from outside."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tools.authority import Authority

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where it is reached, and what is asked of it."""

    port: int
    tls_port: int
    environment: Mapping[str, str]
    read_token: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """Its address as senders on this machine write it."""
        return f"http://localhost:{self.port}"

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        command = [sys.executable, "manage.py", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def issue_token(self, *arguments: str) -> str:
        """A new token, asked for with these arguments."""
        return self.manage("issue_token", *arguments).splitlines()[-1]

    def ask(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """The JSON at `/api/v1/<path>`."""
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}", headers={"Authorization": f"Bearer {self.read_token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def wait_for_runs(self, node: str, count: int) -> list[dict[str, Any]]:
        """The runs of a node with all they have to tell, oldest first, as soon as there are `count` of them."""
        wait_until(lambda: len(self._runs(node)) >= count, f"{count} runs of {node}")
        self.wait_until_drained()
        rows = self._runs(node)
        assert len(rows) == count, [row["id"] for row in rows]
        return [self.ask(f"runs/{row['id']}/") for row in reversed(rows)]

    def wait_for_node(self, name: str) -> dict[str, Any]:
        """What is known of a node, as soon as its runs are counted."""
        wait_until(lambda: bool(self.ask(f"nodes/?search={name}")["results"]), f"node {name}")
        story: dict[str, Any] = self.ask(f"nodes/{name}/")
        return story

    def wait_until_drained(self) -> None:
        """Until nothing waits in the spool and nothing that came in was refused."""
        wait_until(lambda: self.ask("intake/")["pending"] == 0, "an empty spool")
        assert self.ask("intake/")["refused"] == 0

    def _runs(self, node: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.ask(f"runs/?node={node}")["results"]
        return rows


@contextmanager
def serve(folder: Path, authority: Authority) -> Iterator[Served]:
    """Fleetview from its start to its stop; it keeps everything in `folder`."""
    port, tls_port = free_port(), free_port()
    certificate = authority.issue("fleetview.test")
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("FLEETVIEW_")},
        "FLEETVIEW_DATA_DIR": str(folder),
        "FLEETVIEW_BIND": f"127.0.0.1:{port}",
        "FLEETVIEW_TLS_BIND": f"127.0.0.1:{tls_port}",
        "FLEETVIEW_TLS_CERTIFICATE": str(certificate.certificate),
        "FLEETVIEW_TLS_KEY": str(certificate.key),
        "FLEETVIEW_TLS_CLIENT_CA": str(authority.certificate),
    }
    log = folder.with_suffix(".log")
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "fleetview.serve"], cwd=ROOT, env=environment, stdout=written, stderr=written
        )
    try:
        wait_until(lambda: _is_migrated(port, server, log), "Fleetview to be up")
        served = Served(port, tls_port, environment)
        yield Served(port, tls_port, environment, read_token=served.issue_token("tests", "--scope", "read"))
    finally:
        server.terminate()
        server.wait(timeout=60)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Ask again and again, for a minute at most."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain for {what}"
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _is_migrated(port: int, server: subprocess.Popen[bytes], log: Path) -> bool:
    """The read API says 401 once it can look a token up, and 503 (or nothing) before."""
    assert server.poll() is None, log.read_text()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/nodes/", headers={"Authorization": "Bearer nobody"}
    )
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code == 401
    except OSError:
        pass
    return False
