"""Posting as the tools' own senders do."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from reports.demo.post import NotTaken, Poster, post_all
from reports.demo.show import all_scenes
from reports.demo.story import Scene

NOW = datetime(2026, 11, 23, 21, 17, tzinfo=UTC)


class Counter(http.server.BaseHTTPRequestHandler):
    """Takes everything, and remembers how it was asked."""

    protocol_version = "HTTP/1.1"
    seen: list[tuple[str, str, int]]
    status = 202

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1  # type: ignore[attr-defined]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        token = self.headers.get("Authorization") or self.headers.get("x-data-collector-token") or ""
        self.server.seen.append((self.path, token, len(body)))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    server.seen, server.connections, server.status = [], 0, 202  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return all_scenes(NOW, NOW)[::40]


def test_every_report_arrives_with_a_credential_over_few_connections(
    server: http.server.ThreadingHTTPServer, scenes: list[Scene]
) -> None:
    said: list[str] = []
    with Poster(f"http://127.0.0.1:{server.server_port}", "tok") as poster:
        post_all(poster, scenes, said.append)
    seen = server.seen  # type: ignore[attr-defined]
    assert len(seen) == len(scenes)
    assert all(token and size for _, token, size in seen)
    assert server.connections <= 6  # type: ignore[attr-defined]
    assert said[-1] == f"{len(scenes):,} of {len(scenes):,} reports taken"


def test_a_door_that_refuses_ends_it_with_what_it_said(
    server: http.server.ThreadingHTTPServer, scenes: list[Scene]
) -> None:
    server.status = 401  # type: ignore[attr-defined]
    url = f"http://127.0.0.1:{server.server_port}"
    with Poster(url, "tok") as poster, pytest.raises(NotTaken, match=r"answered 401: \{\}"):
        post_all(poster, scenes, lambda _: None)
