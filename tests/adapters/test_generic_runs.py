"""Our own JSON → runs and inventories."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.adapters.contract import Reading, Report
from reports.adapters.generic import ADAPTER
from reports.errors import UnreadableReport
from reports.run import Counts, LogLevel, Outcome, Run, Status

_RUN = {
    "tool": "ansible",
    "node": "web01",
    "started_at": "2026-11-16T06:00:00.123987+01:00",
    "ended_at": "2026-11-16T06:01:00+01:00",
    "status": "success",
}


def _read_bytes(body: bytes) -> Reading:
    return ADAPTER.read(Report("generic", body, datetime(2026, 11, 16, 7, tzinfo=UTC), {}, {}))


def _read(**fields: Any) -> Reading:  # noqa: ANN401 - any JSON
    return _read_bytes(json.dumps({**_RUN, **fields}).encode())


def _run(**fields: Any) -> Run:  # noqa: ANN401 - any JSON
    (run,) = _read(**fields).runs
    return run


def _resource(status: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"type": "file", "title": "/etc/motd", "status": status, **fields}


def test_tool_is_the_one_that_the_report_names() -> None:
    run = _run()
    assert (run.tool, run.node) == ("ansible", "web01")
    assert run.started_at == datetime(2026, 11, 16, 5, 0, 0, 123_000, tzinfo=UTC)


def test_run_is_the_same_for_the_same_tool_node_and_start() -> None:
    assert _run().run_id == _run(started_at="2026-11-16T05:00:00.123Z").run_id
    assert len({_run().run_id, _run(node="web02").run_id, _run(tool="cfengine").run_id}) == 3


def test_uuid_of_the_tool_is_kept_and_other_ids_become_one() -> None:
    told = "41edc1d8-d7b3-4593-9aba-f60aa3f5ec51"
    assert _run(run_id=told).run_id == UUID(told)
    assert _run(run_id="job-7").run_id == _run(run_id="job-7", started_at="2026-11-16T09:00:00Z").run_id
    assert _run(run_id="job-7").run_id != _run(run_id="job-7", node="web02").run_id


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, Outcome.UNCHANGED),
        ({"resources": [_resource("changed")]}, Outcome.CHANGED),
        ({"resources": [_resource("changed", changes=[{"corrective": False}])]}, Outcome.CHANGED),
        ({"resources": [_resource("changed", changes=[{}, {"corrective": True}])]}, Outcome.CORRECTED),
        ({"resources": [_resource("pending", changes=[{"corrective": True}])], "noop": True}, Outcome.PENDING),
        ({"resources": [_resource("failed")]}, Outcome.UNCHANGED),
        ({"status": "failure", "resources": [_resource("changed")]}, Outcome.FAILED),
        ({"status": "running"}, None),
    ],
)
def test_outcome_follows_from_status_and_changes(fields: dict[str, Any], outcome: Outcome | None) -> None:
    assert _run(**fields).outcome == outcome


def test_running_is_poorer_than_its_end_and_has_none() -> None:
    start = _run(status="running", run_id="job-7")
    assert (start.ended_at, start.richness) == (None, 0)
    assert _run(run_id="job-7").richness > start.richness
    assert _run(run_id="job-7").run_id == start.run_id


def test_counts_take_in_what_is_not_listed() -> None:
    resources = [_resource(status) for status in ("unchanged", "changed", "failed", "skipped", "pending")]
    run = _run(resources=resources, unlisted={"unchanged": 40, "skipped": 2})
    assert run.counts == Counts(total=47, unchanged=41, changed=1, failed=1, skipped=3, pending=1)
    assert [resource.title for resource in run.in_sync] == ["/etc/motd"]


def test_resource_without_changes_tells_its_status_and_message() -> None:
    (outcome,) = _run(resources=[_resource("failed", message="no such package")]).resources
    (change,) = outcome.changes
    assert (change.status, change.message, change.property) == (Status.FAILED, "no such package", None)


def test_change_may_end_otherwise_than_its_resource() -> None:
    changes = [{"property": "mode", "status": "success"}, {"property": "owner"}]
    (outcome,) = _run(resources=[_resource("failed", changes=changes)]).resources
    assert [change.status for change in outcome.changes] == [Status.SUCCESS, Status.FAILED]


def test_sensitive_values_are_dropped_from_reading_and_from_kept_bytes() -> None:
    change = {"property": "password", "old": "hunter1", "new": "hunter2", "diff": "-hunter1", "sensitive": True}
    body = json.dumps({**_RUN, "resources": [_resource("changed", changes=[change])]}).encode()
    assert "hunter" not in repr(_read_bytes(body))
    assert b"hunter" not in ADAPTER.redact(body)
    assert b"hunter" not in ADAPTER.redact(body[:-1])
    assert _read_bytes(ADAPTER.redact(body)) == _read_bytes(body)


def test_facts_and_packages_are_an_inventory_of_the_same_tool() -> None:
    (told,) = _read(
        facts={"os": "Debian", "up": 5}, packages={"acl": "2.3"}, volatile=["up"], machine="4c4c"
    ).inventories
    assert (told.tool, told.node, told.machine) == ("ansible", "web01", "4c4c")
    assert (told.facts, told.packages, told.volatile) == ({"os": "Debian", "up": 5}, {"acl": "2.3"}, frozenset({"up"}))
    assert _read().inventories == ()


def test_log_line_without_source_is_the_tools() -> None:
    (line,) = _run(logs=[{"message": "slow", "level": "warning"}]).logs
    assert (line.level, line.source, line.message, line.at) == (LogLevel.WARNING, "ansible", "slow", None)


def test_long_values_are_cut_visibly() -> None:
    (outcome,) = _run(resources=[_resource("changed", changes=[{"diff": "+" * 100_000}])]).resources
    assert (outcome.changes[0].diff or "").endswith("(34464 more characters)")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"statsu": "success"}, "statsu"),
        ({"node": ""}, "$.node"),
        ({"resources": [_resource("changed", changes=[{"old": 7}])]}, "$.resources[0].changes[0].old"),
        ({"started_at": "0001-01-01T00:00:00+05:00"}, "started_at"),
        ({"logs": [{"message": "x", "at": "9999-12-31T23:59:59-05:00"}]}, "$.logs[0]"),
    ],
)
def test_refusal_names_the_place_and_where_the_schema_is(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(UnreadableReport) as refused:
        _read(**fields)
    assert place in str(refused.value)
    assert "/api/v1/reports/generic/schema" in str(refused.value)


def test_run_of_a_list_that_is_not_right_is_refused_alone() -> None:
    reading = _read_bytes(json.dumps([_RUN, {**_RUN, "node": 7}, {**_RUN, "node": "web03"}]).encode())
    assert [run.node for run in reading.runs] == ["web01", "web03"]
    (refusal,) = reading.refusals
    assert str(refusal).startswith("run 1 of the list: ")


@pytest.mark.parametrize("body", [b"[]", b"[" + b"{}," * 1000 + b"{}]", b"[{}]"])
def test_list_without_a_run_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableReport):
        _read_bytes(body)


@settings(deadline=None)
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        assert _read_bytes(body).runs
    except UnreadableReport as refusal:
        assert str(refusal)
