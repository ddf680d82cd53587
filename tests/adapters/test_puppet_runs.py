"""What a run is made of: outcome, counts, times, identity, and who never says what is corrective."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reports.adapters.puppet import ADAPTER
from reports.errors import UnreadableReport
from reports.run import Counts, Outcome, Status
from tests.adapters.puppet_reports import SMALLEST, event, http, resource, run_of, sample_run, yaml_text

APPLY_TIMES = [["transaction_evaluation", "Transaction evaluation", 0.1], ["total", "Total", 1.5]]
AGENT_TIMES = [*APPLY_TIMES, ["fact_generation", "Fact generation", 0.2]]


def times(values: list[list[object]]) -> dict[str, object]:
    return {"time": {"name": "time", "label": "Time", "values": values}}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("http-first-build", Outcome.CHANGED),
        ("http-unchanged", Outcome.UNCHANGED),
        ("http-corrected", Outcome.CORRECTED),
        ("http-changed", Outcome.CHANGED),
        ("http-failed-dependencies", Outcome.FAILED),
        ("http-compile-failed", Outcome.FAILED),
        ("http-stale-catalog", Outcome.STALE_CATALOG),
        ("http-pending", Outcome.PENDING),
        ("http-apply", Outcome.CHANGED),
        ("http-format-4", Outcome.FAILED),
        ("puppetdb-corrected", Outcome.CORRECTED),
        ("puppetdb-pending", Outcome.PENDING),
    ],
)
def test_sample_ends_as_its_story_says(name: str, outcome: Outcome) -> None:
    assert sample_run(name).outcome is outcome


def test_failed_outweighs_a_stale_catalog() -> None:
    assert run_of(status="failed", cached_catalog_status="on_failure").outcome is Outcome.FAILED


def test_corrective_event_that_failed_corrects_nothing() -> None:
    run = run_of(
        status="changed",
        resource_statuses={
            **resource("File[/a]", event()),
            **resource("File[/b]", event("failure", corrective_change=True)),
        },
    )
    assert run.outcome is Outcome.CHANGED


def test_whole_failure_is_told_in_puppets_words() -> None:
    message = sample_run("http-compile-failed").message
    assert message is not None
    assert "Could not find class" in message
    assert sample_run("http-corrected").message is None


def test_end_is_reckoned_from_all_digits_and_cut_to_milliseconds() -> None:
    run = run_of(metrics=times([["total", "Total", 0.0005]]))
    assert run.started_at == datetime(2026, 11, 23, 19, 29, 43, 32000, tzinfo=UTC)
    assert run.ended_at == run.started_at + timedelta(milliseconds=1)


@pytest.mark.parametrize("total", [".inf", "-1", "1.0e+300", "'soon'"])
def test_run_with_an_absurd_duration_ends_when_it_began(total: str) -> None:
    body = yaml_text(metrics=times([["total", "Total", 86399]])).replace("86399", total)
    run = ADAPTER.read(http(body)).runs[0]
    assert run.ended_at == run.started_at


def test_run_without_metrics_counts_what_is_listed() -> None:
    run = run_of(
        resource_statuses={
            **resource("File[/a]", event()),
            **resource("File[/b]"),
            **resource("File[/c]", skipped=True),
            **resource("File[/d]", event("noop")),
        }
    )
    assert run.counts == Counts(total=4, unchanged=1, changed=1, skipped=1, pending=1)
    assert [(one.type, one.title) for one in run.in_sync] == [("File", "/b")]


def test_audited_resource_is_in_sync() -> None:
    run = run_of(resource_statuses=resource("File[/a]", event("audit")))
    assert (run.outcome, run.resources) == (Outcome.UNCHANGED, ())
    assert run.in_sync[0].title == "/a"


@pytest.mark.parametrize("told", [None, "", "no uuid"])
def test_run_without_an_identity_gets_one_from_node_and_start(told: str | None) -> None:
    first, again = run_of(transaction_uuid=told), run_of(transaction_uuid=told, status="changed")
    other = run_of(transaction_uuid=told, host="web02.example.org")
    assert first.run_id == again.run_id != other.run_id


@pytest.mark.parametrize(
    ("report_format", "metrics", "said"),
    [
        (12, times(AGENT_TIMES), False),
        (12, times(APPLY_TIMES), None),  # puppet apply
        (12, {}, False),  # ended early: nothing speaks for puppet apply
        (6, {}, False),
        (5, {}, None),
        (4, times(AGENT_TIMES), None),
    ],
)
def test_no_is_believed_only_of_those_who_could_say_yes(
    report_format: int, metrics: dict[str, object], said: bool | None
) -> None:
    run = run_of(report_format=report_format, metrics=metrics, resource_statuses=resource("File[/a]", event()))
    assert run.resources[0].changes[0].corrective is said


@pytest.mark.parametrize(
    ("logged", "said"),
    [
        (["Applying configuration version '1'"], None),  # puppet apply
        (["Retrieving pluginfacts", "Applying configuration version '1'"], False),
        (["Using cached catalog from environment 'production'", "Applying configuration version '1'"], False),
        (["Could not retrieve catalog; skipping run"], False),  # too little is told to speak for puppet apply
    ],
)
def test_logs_tell_an_old_agent_from_an_old_apply(logged: list[str], said: bool | None) -> None:
    logs = [{"level": "info", "message": message, "source": "Puppet"} for message in logged]
    run = run_of(report_format=6, logs=logs, resource_statuses=resource("File[/a]", event()))
    assert run.resources[0].changes[0].corrective is said


def test_run_that_says_yes_once_is_believed_when_it_says_no() -> None:
    events = {**resource("File[/a]", event()), **resource("File[/b]", event(corrective_change=True))}
    run = run_of(metrics=times(APPLY_TIMES), corrective_change=True, resource_statuses=events)
    assert [one.changes[0].corrective for one in run.resources] == [False, True]


def test_code_id_says_more_of_the_code_than_the_time_of_compilation() -> None:
    assert run_of().code_version == "1795462188"
    assert run_of(configuration_version="v2.1 (8f3ab1c)").code_version == "v2.1 (8f3ab1c)"
    assert run_of(code_id="urn:puppet:code-id:1:8f3ab1c").code_version == "urn:puppet:code-id:1:8f3ab1c"
    assert run_of(configuration_version=None).code_version is None


def test_timings_leave_the_total_out() -> None:
    assert run_of(metrics=times(AGENT_TIMES)).timings == (("fact_generation", 0.2), ("transaction_evaluation", 0.1))


def test_resource_named_by_its_key_alone_is_still_known() -> None:
    run = run_of(resource_statuses={"File[/etc/[a]]": {"events": [event()]}, "File[/b]": {}})
    assert (run.resources[0].type, run.resources[0].title) == ("File", "/etc/[a]")
    assert run.in_sync[0].title == "/b"


def test_failure_outweighs_a_skip() -> None:
    run = run_of(resource_statuses=resource("Host[a]", event("failure"), skipped=True))
    assert run.resources[0].status is Status.FAILED
    assert run.counts == Counts(total=1, failed=1)


@pytest.mark.parametrize("said", ["soon", "", "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_report_whose_start_is_no_time_is_refused(said: str) -> None:
    with pytest.raises(UnreadableReport, match="is not a time"):
        ADAPTER.read(http(yaml_text(**{**SMALLEST, "time": said})))
