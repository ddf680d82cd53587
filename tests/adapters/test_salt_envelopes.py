"""Every way a result of Salt may come, and what is left aside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reports.errors import UnreadableReport
from reports.run import Outcome
from tests.adapters.salt_results import JID, NODE, event, read, read_run, state, states

RETURNED = states(state())
EVENT = event(RETURNED)
TAGGED = {"tag": f"salt/job/{JID}/ret/{NODE}", "data": EVENT}
METADATA = {name: EVENT[name] for name in ("jid", "return", "retcode", "id", "fun", "fun_args")}

WAYS: dict[str, Any] = {
    "event data": EVENT,
    "event with its tag": TAGGED,
    "list of events": [TAGGED],
    "event under data": {"data": EVENT},
    "returner": {name: EVENT[name] for name in ("id", "jid", "fun", "fun_args", "return", "success")},
    "salt-call with metadata": {"local": METADATA},
    "job listed by a runner": {"jid": JID, "Function": "state.apply", "Result": {NODE: {"return": RETURNED}}},
    "job listed by salt-api": {"info": [{"jid": JID, "Result": {NODE: {"return": RETURNED}}}], "return": [{}]},
    "result with its own envelope": {NODE: {"return": RETURNED, "retcode": 0}, "jid": JID},
    "batch of the salt command": {"retcode": 0, "jid": JID, NODE: RETURNED},
    "server-sent event": f"retry: 400\n\ntag: x\ndata: {json.dumps(TAGGED)}\n\n".encode(),
    "output of a batch": f"\nExecuting run on ['a']\n\n{json.dumps({'jid': JID, NODE: RETURNED}, indent=4)}\n".encode(),
    "with white space around it": b"\n" * 100 + json.dumps(EVENT, indent=4).encode() + b"\n\n",
    "with a byte order mark": b"\xef\xbb\xbf" + json.dumps(EVENT).encode(),
    "from a shell that writes UTF-16": json.dumps(EVENT).encode("utf-16"),
}


@pytest.mark.parametrize("body", WAYS.values(), ids=WAYS)
def test_one_result_is_the_same_run_by_whatever_way_it_comes(body: object) -> None:
    run, expected = read_run(body), read_run(EVENT)
    assert (run.run_id, run.node, run.started_at) == (expected.run_id, expected.node, expected.started_at)
    assert (run.outcome, run.counts, run.in_sync) == (expected.outcome, expected.counts, expected.in_sync)


def test_bare_salt_call_takes_node_and_job_from_the_query() -> None:
    run = read_run({"local": RETURNED}, node=NODE, jid=JID)
    assert run.run_id == read_run(EVENT).run_id


def test_tag_in_the_query_stands_in_for_what_the_event_lacks() -> None:
    run = read_run(event(RETURNED, id=None, jid=None), tag=f"salt/job/{JID}/ret/{NODE}")
    assert run.run_id == read_run(EVENT).run_id


def test_node_that_the_result_names_wins_over_the_query() -> None:
    assert read_run(EVENT, node="other.example.org").node == NODE


def test_result_without_a_node_is_refused_with_the_mend() -> None:
    with pytest.raises(UnreadableReport, match=r"add \?node="):
        read({"local": RETURNED})


def test_several_documents_in_one_body_are_several_runs() -> None:
    lines = "\n".join(json.dumps({"tag": "", "data": event(RETURNED, id=name)} | {"tag": f"salt/job/{JID}/ret/{name}"})
                      for name in ("a", "b"))  # fmt: skip
    assert [run.node for run in read(lines.encode()).runs] == ["a", "b"]


def test_stream_that_breaks_off_keeps_what_came_before() -> None:
    reading = read(json.dumps({"a": RETURNED}).encode() + b'\n{"b": {"file_|-')
    assert [run.node for run in reading.runs] == ["a"]
    assert "cut short" in str(reading.refusals[0])


def test_event_that_cannot_be_read_does_not_take_the_others_with_it() -> None:
    reading = read([event(RETURNED, id=None), event(RETURNED)])
    assert len(reading.runs) == 1
    assert len(reading.refusals) == 1


def test_silent_node_is_not_a_run() -> None:
    reading = read({NODE: RETURNED, "db01": "Minion did not return. [No response]\nThe minions may ..."})
    assert [run.node for run in reading.runs] == [NODE]
    assert reading.ignored == "db01 did not answer"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([], "empty list"),
        (b"", "empty body"),
        (event(True, fun="test.ping"), "test.ping"),
        (event("'nope.nope' is not available.", fun="nope.nope"), "nope.nope"),
        ({"tag": "salt/auth", "data": {"act": "accept", "id": NODE}}, "salt/auth"),
        ({"tag": f"salt/job/{JID}/prog/{NODE}/0", "data": {"id": NODE, "jid": JID}}, "prog"),
        ({"id": NODE, "cmd": "_minion_event", "data": "started"}, "not what a node returned"),
        (event({"data": {"m_master": {}}}, fun="runner.state.orchestrate"), "runner.state.orchestrate"),
        ({"data": {"m_master": states(state(), function="salt.state")}, "outputter": "highstate"}, "orchestration"),
        (event(states(state(), function="salt.state")), "orchestration"),
    ],
)
def test_what_is_no_run_is_ignored_and_the_reason_told(body: object, reason: str) -> None:
    reading = read(body)
    assert (reading.runs, reading.inventories, reading.refusals) == ((), (), ())
    assert reading.ignored is not None
    assert reason in reading.ignored


@pytest.mark.parametrize("returned", [True, "up 51 minutes", {"lo": {"up": True}}, [1, 2]])
def test_bare_result_of_an_unknown_function_is_ignored(returned: object) -> None:
    assert read({"local": returned}, node=NODE).ignored == "not a state run: its function is not told"


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"<html>",
        b"true",
        b'"text"',
        b"[1]",
        b'{"local": ',
        {"chef_server_fqdn": "x", "run_list": ["a"]},
        {"run_list": ["a"]},
        {"facts": {}},
        {"facts": {"kernel": {"name": "Linux"}}},
        event({"file_|-a_|-a_|-managed": True}),
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_salt_does_not_write_is_refused(body: object) -> None:
    with pytest.raises(UnreadableReport):
        read(body)


def test_overlong_node_name_is_refused() -> None:
    with pytest.raises(UnreadableReport, match="256 characters"):
        read(event(RETURNED, id="n" * 256))


def test_empty_body_with_a_node_is_a_run_that_died() -> None:
    run = read_run(b"\n", node=NODE, environment="production")
    assert (run.node, run.environment, run.outcome) == (NODE, "production", Outcome.FAILED)
    assert run.message is not None
    assert "salt-call died" in run.message
