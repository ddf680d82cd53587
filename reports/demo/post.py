"""Post reports at the doors as their senders would: over HTTP, on connections that are kept, several at a time."""

from __future__ import annotations

import base64
import http.client
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Self
from urllib.parse import urlencode, urlsplit

from reports.adapters.contract import Credential, Door, Report
from reports.adapters.discovery import doors
from reports.demo.story import Scene
from reports.errors import FleetviewError

_AT_ONCE = 6
_STEP = 400  # reports between two words of progress


class NotTaken(FleetviewError):
    """A door of the server under demonstration refused a sample."""


class Poster:
    """Posts with one token. Each thread keeps a connection of its own, until the poster is left."""

    def __init__(self, url: str, token: str) -> None:
        self._address = urlsplit(url).netloc
        self._token = token
        self._local = threading.local()
        self._connections: list[http.client.HTTPConnection] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for connection in self._connections:
            connection.close()

    def post(self, report: Report) -> None:
        """Return once the server has the report safely; raises NotTaken or OSError."""
        door = doors()[report.door][1]
        query = urlencode(report.query)
        path = f"/{door.paths[0]}" + (f"?{query}" if query else "")
        headers = {**report.headers, **_credential(door, self._token), "Content-Type": "application/octet-stream"}
        connection = self._connection()
        connection.request("POST", path, body=report.body, headers=headers)
        answer = connection.getresponse()
        said = answer.read()
        if not 200 <= answer.status < 300:
            raise NotTaken(f"{path} answered {answer.status}: {said[:300].decode(errors='replace')}")

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPConnection(self._address, timeout=60)
            self._connections.append(self._local.connection)
        kept: http.client.HTTPConnection = self._local.connection
        return kept


def post_all(poster: Poster, scenes: Sequence[Scene], say: Callable[[str], None]) -> None:
    """Post them all, about in their order, and say how far it is."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        posts = [pool.submit(_post, poster, scene) for scene in scenes]
        try:
            for done, post in enumerate(as_completed(posts), start=1):
                post.result()
                if done % _STEP == 0 or done == len(posts):
                    say(f"{done:,} of {len(posts):,} reports taken")
        except (NotTaken, OSError):
            pool.shutdown(cancel_futures=True)
            raise


def _post(poster: Poster, scene: Scene) -> None:
    poster.post(scene.report())


def _credential(door: Door, token: str) -> dict[str, str]:
    """The header that carries the token, in the way that this door's own sender would."""
    if door.token_header and Credential.HEADER in door.credentials:
        return {door.token_header: token}
    if Credential.BEARER in door.credentials:
        return {"Authorization": f"Bearer {token}"}
    return {"Authorization": "Basic " + base64.b64encode(f"demo:{token}".encode()).decode()}
