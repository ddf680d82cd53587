"""Every file of the corpus as the request that brought it: path, query, headers and body."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.corpus import CORPUS, manifest
from tests.intake.doors import Doors
from tests.intake.reports import TOKEN

_REFUSED: Final = ("reject", "reject (unknown message)")
_BASIC: Final = {"Authorization": "Basic eDphLXRva2VuLXRoYXQtbWF5LXNlbmQ="}  # x: and the token of these tests


@dataclass(frozen=True, slots=True)
class Post:
    """One request, and whether its sender's protocol wants it taken."""

    file: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    is_chunked: bool = False
    is_welcome: bool = True


def all_posts() -> list[Post]:
    """Of all tools, as the manifests list them."""
    return [*_puppet(), *_chef(), *_salt()]


def send(doors: Doors, posts: Iterable[Post]) -> dict[str, int]:
    """POST them one after the other on one connection; file → status."""
    client = http.client.HTTPConnection("127.0.0.1", doors.port, timeout=30)
    statuses = {}
    for post in posts:
        body: Any = iter([post.body[:4096], post.body[4096:]]) if post.is_chunked else post.body
        client.request("POST", post.path, body=body, headers=dict(post.headers))
        response = client.getresponse()
        response.read()
        statuses[post.file] = response.status
    client.close()
    return statuses


def puppet_run_ids() -> set[str]:
    """The identity of every run that a stored body tells of."""
    reports = [entry for entry in manifest("puppet")["files"] if entry["command"] == "store_report"]
    return {json.loads(_body("puppet", entry))["transaction_uuid"] for entry in reports}


def chef_run_ids() -> set[str]:
    """The identity of every run that is to be accepted."""
    messages = manifest("chef")["messages"]
    return {message["run_id"] for message in messages if message["what_to_do"] == "accept" and message.get("run_id")}


def _puppet() -> Iterator[Post]:
    for entry in manifest("puppet")["files"]:
        body = _body("puppet", entry)
        if entry["format"] == "http-yaml":
            yield Post(entry["file"], "/api/v1/reports/puppet", _BASIC, body)
            continue
        is_packed = entry["request"]["headers"].get("Content-Encoding") == "gzip"
        headers = {**_BASIC, **({"Content-Encoding": "gzip"} if is_packed else {})}
        path = f"/pdb/cmd/v1?{entry['request']['query_string']}"
        yield Post(entry["file"], path, headers, gzip.compress(body) if is_packed else body, is_chunked=is_packed)


def _chef() -> Iterator[Post]:
    for message in manifest("chef")["messages"]:
        headers = {"X-Data-Collector-Token": TOKEN, "X-Chef-Version": message.get("chef_version") or "18.11.21"}
        is_welcome = message["what_to_do"] not in _REFUSED
        path = message.get("path") or "/data-collector/v0"
        yield Post(message["file"], path, headers, _body("chef", message), is_welcome=is_welcome)


def _salt() -> Iterator[Post]:
    for entry in manifest("salt")["files"]:
        query = f"?{entry['http']['query']}" if entry["http"] and entry["http"]["query"] else ""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        yield Post(entry["file"], f"/api/v1/reports/salt{query}", headers, _body("salt", entry))


def _body(tool: str, entry: Mapping[str, Any]) -> bytes:
    path: str = entry["file"]
    return (CORPUS / tool / path).read_bytes()
