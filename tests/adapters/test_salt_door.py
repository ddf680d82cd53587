"""What the door of Salt answers, and what it drops unread."""

from __future__ import annotations

import json

import pytest

from reports.adapters.contract import Arrival, Verdict
from reports.adapters.salt import ADAPTER
from tests.adapters.salt_results import JID, NODE, event

(DOOR,) = ADAPTER.doors


@pytest.mark.parametrize(
    ("query", "body", "verdict"),
    [
        ({}, b"[]", Verdict.IGNORE),
        ({}, b" [] \n", Verdict.IGNORE),
        ({}, b"", Verdict.IGNORE),
        ({}, b"\n", Verdict.IGNORE),
        ({"node": NODE}, b"", Verdict.KEEP),
        ({"node": NODE}, b"[]", Verdict.IGNORE),
        ({"tag": "salt/auth"}, b'{"act": "accept", "id": "x"}', Verdict.IGNORE),
        ({"tag": f"salt/job/{JID}/new"}, b'{"jid": "20261123194500000000"}', Verdict.IGNORE),
        ({"tag": f"salt/job/{JID}/ret/{NODE}"}, json.dumps(event({})).encode(), Verdict.KEEP),
        ({}, json.dumps(event({})).encode(), Verdict.KEEP),
        ({}, b"not json, refused later", Verdict.KEEP),
    ],
)
def test_only_what_is_surely_nothing_is_dropped(query: dict[str, str], body: bytes, verdict: Verdict) -> None:
    assert DOOR.judge(Arrival(query, {}, body)) is verdict


def test_answer_is_a_json_body_with_200() -> None:
    assert DOOR.accepted.status == 200
    assert json.loads(DOOR.accepted.body) == {"accepted": True}


def test_both_forms_of_the_path_are_taken_without_a_redirect() -> None:
    assert {path.rstrip("/") for path in DOOR.paths} == {"api/v1/reports/salt"}
    assert len(DOOR.paths) == 2


def test_lines_of_each_way_name_the_door_and_the_token() -> None:
    for way in ADAPTER.ways[:3]:
        lines = "".join(file.lines for file in way.files)
        assert f"@URL@/{DOOR.paths[0]}" in lines
        assert "@TOKEN@" in lines
