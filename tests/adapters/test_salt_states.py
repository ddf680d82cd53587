"""What becomes of one state: outcome, name, consequence, and the counts of them all."""

from __future__ import annotations

from typing import Any

import pytest

from reports.adapters.salt.states import Entry, seconds, type_and_title
from reports.run import Counts, InSync, LogLevel, Outcome, Status
from tests.adapters.salt_results import DIFF, event, read_resource, read_run, state, states


@pytest.mark.parametrize(
    ("fields", "status", "outcome"),
    [
        ({"changes": {"diff": DIFF}}, Status.SUCCESS, Outcome.CHANGED),
        ({"result": False}, Status.FAILED, Outcome.FAILED),
        ({"result": False, "changes": {"mode": "0600"}}, Status.FAILED, Outcome.FAILED),
        ({"result": False, "__state_ran__": False}, Status.SKIPPED, Outcome.FAILED),
        ({"result": None}, Status.PENDING, Outcome.PENDING),
        ({"result": None, "changes": {"newfile": "/etc/app.conf"}}, Status.PENDING, Outcome.PENDING),
        ({"result": "true"}, Status.FAILED, Outcome.FAILED),
    ],
)  # fmt: skip
def test_entry_with_something_to_tell(fields: dict[str, Any], status: Status, outcome: Outcome) -> None:
    run = read_run(event(states(state(**fields))))
    assert [resource.status for resource in run.resources] == [status]
    assert {change.status for change in run.resources[0].changes} == {status}
    assert run.outcome == outcome
    assert run.noop is (status is Status.PENDING)


def test_state_in_order_is_listed_as_in_sync() -> None:
    run = read_run(event(states(state())))
    assert run.in_sync == (InSync("file.managed", "/etc/app.conf"),)
    assert (run.outcome, run.counts) == (Outcome.UNCHANGED, Counts(total=1, unchanged=1))


def test_state_that_had_no_reason_to_run_is_counted_but_was_not_looked_at() -> None:
    run = read_run(event(states(state(__state_ran__=False, comment="State was not run because none of the onchanges"))))
    assert run.in_sync == ()
    assert run.counts == Counts(total=1, unchanged=1)


def test_states_are_told_in_the_order_of_the_run_whatever_the_order_of_their_keys() -> None:
    failed = {"result": False, "comment": "no"}
    entries = [state(__id__=name, __run_num__=place, **failed) for name, place in (("a", 2), ("b", None), ("c", 0))]
    run = read_run(event(states(*entries)))
    assert [resource.defined_at for resource in run.resources] == ["app (c)", "app (a)", "app (b)"]


def test_counts_add_up() -> None:
    entries = [
        state(__id__="a"),
        state(__id__="b", changes={"mode": "0600"}),
        state(__id__="c", result=False),
        state(__id__="d", result=False, __state_ran__=False),
        state(__id__="e", result=None),
    ]
    run = read_run(event(states(*entries)))
    assert run.counts == Counts(total=5, unchanged=1, changed=1, failed=1, skipped=1, pending=1)
    assert run.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("key", "entry", "expected"),
    [
        ("file_|-id_|-/a_|-managed", Entry(name="/a", id="id"), ("file.managed", "/a")),
        ("file_|-i_|-d_|-/we_|-ird_|-managed", Entry(name="/we_|-ird", id="i_|-d"), ("file.managed", "/we_|-ird")),
        ("cmd_|-id_|-a\nb_|-run", Entry(name="a\nb", id="id"), ("cmd.run", "a\nb")),
        (f"cmd_|-id_|-{'x' * 201}_|-run", Entry(name="x" * 201, id="id"), ("cmd.run", "x" * 201)),
        ("odd_|-id_|-id_|-bad", Entry(name="later"), ("odd.bad", "id")),
        ("module_|-id_|-id_|-run", Entry(name=["a.b", "c.d"], id="id"), ("module.run", "a.b, c.d (id)")),
        ("no_|-states_|-states_|-None", Entry(name="No States"), ("no.None", "states")),
        ("file_|-ü ☃_|-/ü ☃_|-managed", Entry(name="/ü ☃", id="ü ☃"), ("file.managed", "/ü ☃")),
    ],
)
def test_type_and_title_of_any_key(key: str, entry: Entry, expected: tuple[str, str]) -> None:
    assert type_and_title(key, entry) == expected


def test_whole_key_and_place_of_definition_are_kept() -> None:
    resource = read_resource(state(changes={"mode": "0600"}))
    assert resource.key == "file_|-app_conf_|-/etc/app.conf_|-managed"
    assert resource.defined_at == "app (app_conf)"
    assert read_resource(state(changes={"mode": "0600"}, __sls__=None)).defined_at is None


@pytest.mark.parametrize(
    ("function", "comment", "is_triggered"),
    [
        ("service.running", "Service restarted", True),
        ("service.running", "Service is set to be restarted", True),
        ("service.running", "Service forcefully reloaded", True),
        ("service.running", "Failed to restart the service", True),
        ("service.running", "Started service cron", False),
        ("service.running", "Service started", False),
        ("file.managed", "Service restarted", False),
        ("cmd.wait", "Command \"x\" run", True),
        ("cmd.run", "Command \"x\" run", False),
    ],
)  # fmt: skip
def test_consequence_is_claimed_only_where_it_is_sure(function: str, comment: str, is_triggered: bool) -> None:
    resource = read_resource(state(name="cron", changes={"cron": True}, comment=comment), function)
    assert resource.changes[0].triggered is is_triggered


def test_waiting_command_with_a_failed_requisite_was_not_triggered() -> None:
    resource = read_resource(state(result=False, __state_ran__=False), "cmd.wait")
    assert resource.changes[0].triggered is False


def test_failures_and_warnings_are_log_lines() -> None:
    run = read_run(event(states(state(result=False, comment="Source not found", warnings=["'x' is deprecated"]))))
    assert [(line.level, line.source, line.message) for line in run.logs] == [
        (LogLevel.WARNING, "file.managed[/etc/app.conf]", "'x' is deprecated"),
        (LogLevel.ERROR, "file.managed[/etc/app.conf]", "Source not found"),
    ]


def test_slowest_states_come_first_in_the_timings() -> None:
    entries = [state(__id__=str(n), name=f"/{n}", __run_num__=n, duration=n * 1000.0) for n in range(12)]
    timings = read_run(event(states(*entries))).timings
    assert timings[0] == ("file.managed[/11]", 11.0)
    assert len(timings) == 10


@pytest.mark.parametrize(
    ("told", "expected"),
    [(20.5, 0.0205), (3, 0.003), ("12.3 ms", 0.0123), (None, None), ("soon", None), (-1, None), (1e300, None),
     ("nan", None), ([], None), (10**400, None)],
)  # fmt: skip
def test_durations_of_all_releases(told: object, expected: float | None) -> None:
    assert seconds(told) == expected
