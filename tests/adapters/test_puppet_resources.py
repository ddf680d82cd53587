"""What became of single resources, and of each of their properties."""

from __future__ import annotations

import pytest

from reports.run import Change, Status
from tests.adapters.puppet_reports import event, resource, run_of, sample_run

SKIP = "Skipping because of failed dependencies"


def changes_of(*events: dict[str, object], **fields: object) -> tuple[Change, ...]:
    return run_of(resource_statuses=resource("File[/a]", *events, **fields)).resources[0].changes


def log(message: str, source: str, level: str = "warning") -> dict[str, object]:
    return {"level": level, "message": message, "source": source, "time": "2026-11-23T19:29:44.5+00:00"}


def test_refresh_is_triggered_by_another_change() -> None:
    (change,) = changes_of(event(name="refresh", property=None, message="Triggered 'refresh' from 1 event"))
    assert (change.triggered, change.property) == (True, "refresh")


def test_failed_restart_is_a_failure_without_a_property() -> None:
    run = sample_run("http-failed-restart")
    (failed,) = (one for one in run.resources if one.status is Status.FAILED)
    assert [change.property for change in failed.changes if change.status is Status.FAILED] == [None]
    assert any("Could not restart" in (change.message or "") for change in failed.changes)


def test_sensitive_change_says_so_and_is_never_called_uncorrective() -> None:
    (change,) = changes_of(event(redacted=True, previous_value="[redacted]", desired_value="[redacted]"))
    assert (change.is_sensitive, change.corrective) == (True, None)
    (change,) = changes_of(event(previous_value="[redacted]", desired_value="[redacted]"))
    assert change.is_sensitive, "PuppetDB commands carry no flag, only the words"
    (change,) = changes_of(event(previous_value="[redacted]", desired_value="0644"))
    assert not change.is_sensitive


def test_skip_behind_a_failure_is_told() -> None:
    skipped = [one for one in sample_run("http-failed-dependencies").resources if one.status is Status.SKIPPED]
    assert [one.title for one in skipped] == ["/etc/app/READY", "appd"]
    assert {change.message for one in skipped for change in one.changes} == {SKIP}


def test_skip_by_tag_or_schedule_is_only_counted() -> None:
    run = run_of(resource_statuses=resource("File[/a]", skipped=True))
    assert (run.resources, run.in_sync, run.counts.skipped) == ((), (), 1)


def test_failure_without_an_event_is_told_from_the_log() -> None:
    run = run_of(
        status="failed",
        logs=[log("Could not restart it", "/Stage[main]/Main/Service[a/b]", "err")],
        resource_statuses=resource("Service[a/b]", failed_to_restart=True),
    )
    assert run.resources[0].changes == (Change(None, None, None, Status.FAILED, message="Could not restart it"),)


def test_failed_resource_says_so_even_where_nothing_else_is_known() -> None:
    run = run_of(status="failed", resource_statuses=resource("Service[a]", event(), failed=True))
    assert [change.status for change in run.resources[0].changes] == [Status.SUCCESS, Status.FAILED]


@pytest.mark.parametrize(
    ("file", "line", "place"), [("/s.pp", 4, "/s.pp:4"), ("/s.pp", None, "/s.pp"), (None, 4, None)]
)
def test_place_of_the_definition(file: str | None, line: int | None, place: str | None) -> None:
    run = run_of(resource_statuses=resource("File[/a]", event(), file=file, line=line))
    assert run.resources[0].defined_at == place


def test_every_change_of_a_resource_is_kept_in_order() -> None:
    changes = changes_of(event(property="owner"), event("failure", property="group"), event("noop", property="mode"))
    assert [(change.property, change.status) for change in changes] == [
        ("owner", Status.SUCCESS),
        ("group", Status.FAILED),
        ("mode", Status.PENDING),
    ]
