"""Chef's run messages → runs."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.adapters.chef import ADAPTER
from reports.adapters.contract import Reading, Report
from reports.errors import UnreadableReport
from reports.run import Counts, LogLevel, Outcome
from tests.adapters.chef_messages import RUN_ID, end, read, record, run_with


def test_start_of_a_run_is_a_run_under_way() -> None:
    (run,) = read(end(message_type="run_start", entity_uuid="e2c9"), version="18.11.21").runs
    assert (run.run_id, run.node, run.tool_version) == (UUID(RUN_ID), "web-01", "18.11.21")
    assert run.started_at == datetime(2026, 11, 2, 6, 0, 4, tzinfo=UTC)
    assert (run.ended_at, run.outcome, run.richness) == (None, None, 0)
    assert run.machine is None, "Chef 19 tells another machine here than at the end"


def test_start_and_end_are_one_run_and_the_end_is_richer() -> None:
    start, ended = read(end(message_type="run_start"), end()).runs
    assert start.run_id == ended.run_id
    assert start.richness < ended.richness


@pytest.mark.parametrize(
    ("status", "records", "outcome"),
    [
        ("success", [], Outcome.UNCHANGED),
        ("success", [record()], Outcome.CHANGED),
        ("success", [record(status="failed", ignore_failure=True)], Outcome.UNCHANGED),
        ("success", [record(status="failed", ignore_failure=False)], Outcome.UNCHANGED),  # sensitive ones look so
        ("failure", [record()], Outcome.FAILED),
    ],
)
def test_the_runs_own_status_decides_its_outcome(status: str, records: list[dict[str, str]], outcome: Outcome) -> None:
    assert run_with(*records, status=status).outcome is outcome


def test_records_that_did_not_run_are_counted_as_skipped() -> None:
    records = [record(status=status) for status in ("skipped", "unprocessed", "", "up-to-date", "updated", "failed")]
    assert run_with(*records).counts == Counts(total=6, unchanged=1, changed=1, failed=1, skipped=3)


def test_counts_of_a_run_without_records_are_taken_from_its_numbers() -> None:
    (run,) = read(end(total_resource_count=352, updated_resource_count=11)).runs
    assert run.counts == Counts(total=352, changed=11, unchanged=341)
    assert run.outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("fields", "environment"),
    [
        ({"node": {"chef_environment": "production"}}, "production"),
        ({"node": {}, "policy_group": "staging"}, "staging"),
        ({"expanded_run_list": {"id": "qa", "run_list": []}}, "qa"),
        ({"expanded_run_list": {"id": "_policy_node"}}, None),
        ({"node": {}, "expanded_run_list": {}}, None),
    ],
)
def test_environment_is_found_wherever_chef_tells_it(fields: dict[str, object], environment: str | None) -> None:
    assert run_with(**fields).environment == environment


@pytest.mark.parametrize("name", ["chef_solo", "unknown_organization", "", None])
def test_words_for_no_organization_are_none(name: str | None) -> None:
    assert run_with(organization_name=name).organization is None
    assert run_with(organization_name="acme").organization == "acme"


def test_code_version_is_the_policy_revision() -> None:
    assert run_with(node={"automatic": {"policy_revision": "8125691d"}}).code_version == "8125691d"


def test_code_version_follows_from_the_cookbooks_in_any_order() -> None:
    first = run_with(cookbooks={"a": {"version": "1.0.0"}, "b": {"version": "2.0.0"}}).code_version
    same = run_with(node={"automatic": {"cookbooks": {"b": {"version": "2.0.0"}, "a": {"version": "1.0.0"}}}})
    other = run_with(cookbooks={"a": {"version": "1.0.1"}, "b": {"version": "2.0.0"}}).code_version
    assert first is not None
    assert first.startswith("cookbooks-")
    assert first == same.code_version != other
    assert run_with(cookbooks={}).code_version is None


def test_client_without_the_header_is_known_by_its_packages() -> None:
    run = run_with(node={"automatic": {"chef_packages": {"chef": {"version": "12.18.31"}}}})
    assert run.tool_version == "12.18.31"


def test_error_becomes_message_and_log_lines_that_lead_into_the_cookbook() -> None:
    error = {
        "class": "RuntimeError",
        "message": "it broke",
        "backtrace": ["/opt/chef/lib/a.rb:1", "/var/cookbooks/app/recipes/default.rb:4:in `from_file'"],
        "description": {"title": "Error", "sections": [{"Missing Cookbooks:": "No such cookbook: x"}]},
    }
    run = run_with(status="failure", error=error)
    assert run.message == "it broke"
    assert [(line.source, line.message) for line in run.logs] == [
        ("RuntimeError", "it broke"),
        ("RuntimeError", "Error"),
        ("Missing Cookbooks", "No such cookbook: x"),
        ("backtrace", "/var/cookbooks/app/recipes/default.rb:4:in `from_file'"),
    ]
    assert {line.level for line in run.logs} == {LogLevel.ERROR}


def test_deprecation_is_a_warning_with_its_place() -> None:
    (line,) = run_with(deprecations=[{"message": "old", "url": "https://x", "location": "default.rb:9"}]).logs
    assert (line.level, line.message) == (LogLevel.WARNING, "old\ndefault.rb:9\nhttps://x")


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"run_id": "17"}, "run_id"),
        ({"start_time": "yesterday"}, "start_time"),
        ({"end_time": "9999999-01-01"}, "end_time"),
        ({"status": "fine"}, "status"),
        ({"node_name": ""}, "node_name"),
        ({"node_name": None}, "$.node_name"),
        ({"resources": [record(name=17)]}, "$.resources[0].name"),
    ],
)
def test_refusal_names_the_place(fields: dict[str, object], place: str) -> None:
    with pytest.raises(UnreadableReport) as refused:
        read(end(**fields))
    assert place in str(refused.value)


def test_unreadable_line_of_a_file_is_refused_alone() -> None:
    reading = read(end(message_type="run_start"), end(), b'{"message_type":"run_conv')
    assert len(reading.runs) == 2
    (refusal,) = reading.refusals
    assert str(refusal).startswith("line 3: ")


def test_file_without_any_readable_line_is_refused() -> None:
    with pytest.raises(UnreadableReport):
        read(b'{"a":1,}', b'{"b"}')


@settings(deadline=None)
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    report = Report("chef", body, datetime(2026, 11, 2, tzinfo=UTC), {}, {})
    try:
        assert isinstance(ADAPTER.read(report), Reading)
    except UnreadableReport as refusal:
        assert str(refusal)
