"""The door of Chef's data collector."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from reports.adapters.chef.door import DOOR, judge
from reports.adapters.contract import Arrival, Verdict
from tests.adapters.chef_messages import end


def _judged(body: bytes) -> Verdict:
    return judge(Arrival({}, {}, body))


def test_start_of_a_run_is_never_refused() -> None:
    assert _judged(b'{"message_type":"run_start","run_id":17}') is Verdict.MAY_SHED


def test_end_of_a_run_is_kept() -> None:
    assert _judged(json.dumps(end()).encode()) is Verdict.KEEP


@pytest.mark.parametrize(
    "body",
    [
        b'{"message_type":"action"}',
        b'{"event_type":"node_ping"}',
        b'{"type":"inspec_report","profiles":[]}',
        b'{"profiles":null}',
    ],
)
def test_what_is_no_run_is_taken_and_dropped(body: bytes) -> None:
    assert _judged(body) is Verdict.IGNORE


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"a":1,}', b'{"message_type":7}', b"[" * 100_000, b"\xff"])
def test_what_chef_does_not_know_is_rejected(body: bytes) -> None:
    assert _judged(body) is Verdict.REJECT


def test_compressed_body_is_kept_unseen() -> None:
    assert _judged(gzip.compress(b"anything")) is Verdict.KEEP


def test_file_of_messages_is_kept() -> None:
    assert _judged(b'{"message_type":"run_start"}\n{"message_type":"run_converge"}\n') is Verdict.KEEP


def test_chef_server_that_asks_for_the_status_hears_ok() -> None:
    (get,) = DOOR.gets
    for path in DOOR.paths:
        assert re.fullmatch(get.path, path)
    assert json.loads(get.answer.body) == {"status": "ok"}
