"""Chef's records of resources → outcomes, changes and digests."""

from __future__ import annotations

import pytest

from reports.run import Status
from tests.adapters.chef_messages import outcome_of, record, run_with


def test_change_tells_only_the_properties_that_differ() -> None:
    outcome = outcome_of(record())
    (change,) = outcome.changes
    assert (outcome.type, outcome.title, outcome.key) == ("file", "/etc/app.conf", None)
    assert (change.property, change.old, change.new) == ("create", "mode 0666", "mode 0644")
    assert (change.status, change.corrective, change.triggered) == (Status.SUCCESS, None, False)


def test_file_that_was_not_there_was_absent() -> None:
    (change,) = outcome_of(
        record(before={"owner": None, "mode": None}, after={"owner": "root", "mode": "0644", "checksum": "b" * 64})
    ).changes
    assert (change.old, change.new) == ("absent", f"checksum {'b' * 12}, mode 0644, owner root")


def test_package_found_as_a_list_is_compared_by_its_one_version() -> None:
    (change,) = outcome_of(
        record(
            type="dpkg_package",
            before={"package_name": ["agent"], "version": ["1.0"]},
            after={"package_name": "agent", "version": "1.1", "source": "/srv/agent.deb"},
        )
    ).changes
    assert (change.old, change.new) == ("version 1.0", "version 1.1")


def test_service_that_was_stopped_is_told_by_what_start_brought() -> None:
    (change,) = outcome_of(
        record(type="service", result="start", before={"enabled": True}, after={"enabled": True, "running": True})
    ).changes
    assert (change.property, change.old, change.new) == ("start", None, "running true")


def test_execute_without_state_tells_its_command() -> None:
    told = record(type="execute", name="build index", id="touch /srv/index", before={}, after={"user": None})
    (change,) = outcome_of(told).changes
    assert (change.old, change.new, change.message) == (None, None, "touch /srv/index")


@pytest.mark.parametrize(
    "after",
    [{"user": "deploy", "cwd": "/srv", "domain": None}, {"command": "ls -l"}, {"message": "done", "level": "info"}],
)
def test_how_a_command_is_run_is_no_state_that_could_drift(after: dict[str, object]) -> None:
    ran = outcome_of(record(type="execute", result="run", before={}, after=after))
    assert (ran.desired, ran.found, ran.is_action) == (None, None, True)


def test_file_that_a_command_leaves_behind_is_its_state() -> None:
    ran = outcome_of(record(type="execute", result="run", before={}, after={"creates": "/srv/seed", "user": "deploy"}))
    assert (ran.changes[0].new, ran.is_action) == ("creates /srv/seed", False)


def test_secrets_are_neither_told_nor_compared() -> None:
    before = {"owner": "root", "mode": "0644", "checksum": "a"}
    after = {"owner": "root", "mode": "0644", "checksum": "b"}
    one = outcome_of(record(type="template", before=before, after={**after, "variables": {"password": "one"}}))
    two = outcome_of(record(type="template", before=before, after={**after, "variables": {"password": "two"}}))
    assert one == two
    assert "password" not in repr(one)


def test_sensitive_resource_is_marked() -> None:
    assert outcome_of(record(after={"sensitive": True})).changes[0].is_sensitive


def test_lines_of_a_diff_are_broken_where_chef_wrote_backslash_n() -> None:
    (change,) = outcome_of(record(delta="--- a\\n+++ b\\n@@ -1 +1 @@\\n-x\\n+y")).changes
    assert change.diff == "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y"


def test_long_diff_is_cut_visibly() -> None:
    (change,) = outcome_of(record(delta="+" * 100_000)).changes
    assert change.diff is not None
    assert len(change.diff) < 70_000
    assert change.diff.endswith("more characters)")


def test_same_resource_and_action_again_has_a_key_of_its_own() -> None:
    again = run_with(record(), record(result="touch"), record(status="up-to-date"), record())
    assert [outcome.key for outcome in again.resources] == [None, None, "create #3"]


def test_failure_keeps_its_message_and_says_that_it_was_ignored() -> None:
    failed = outcome_of(record(status="failed", after={}, error_message="exit 3", ignore_failure="quiet"))
    assert failed.status is Status.FAILED
    assert failed.changes[0].message == "exit 3\nignore_failure is set: Chef went on."


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"cookbook_name": "app", "recipe_name": "default", "cookbook_version": "1.0.0"}, "app::default (1.0.0)"),
        ({"cookbook_name": "app", "recipe_name": None, "cookbook_version": "1.0.0"}, "app (1.0.0)"),
        ({"cookbook_name": "app"}, "app"),
        ({}, None),
    ],
)
def test_place_of_definition(fields: dict[str, str | None], place: str | None) -> None:
    assert outcome_of(record(**fields)).defined_at == place


def test_desired_digest_is_the_same_in_sync_and_after_a_correction() -> None:
    state = {"owner": "root", "mode": "0644"}
    in_sync = run_with(record(status="up-to-date", before={**state, "checksum": "a"}, after=state)).in_sync[0]
    content = outcome_of(record(before={**state, "checksum": "x"}, after={**state, "checksum": "a"}))
    mode = outcome_of(record(before={**state, "mode": "0666", "checksum": "a"}, after=state))
    assert in_sync.desired == content.desired == mode.desired
    assert in_sync.desired not in (content.found, mode.found)


def test_found_is_the_digest_that_was_desired_before_an_intended_change() -> None:
    old, new = {"mode": "0644", "checksum": "a"}, {"mode": "0644", "checksum": "b"}
    before = outcome_of(record(before={"mode": None}, after={**old, "source": "motd"}))
    after = outcome_of(record(before=old, after={**new, "source": "motd"}))
    assert after.found == before.desired != after.desired


def test_group_of_a_user_is_not_compared() -> None:
    by_name = outcome_of(record(type="linux_user", before={}, after={"uid": 7, "gid": "app"}))
    by_number = outcome_of(record(type="linux_user", before={"uid": 8}, after={"uid": 7, "gid": 4100}))
    assert by_name.desired == by_number.desired


def test_duration_is_seconds_and_the_slowest_are_listed() -> None:
    run = run_with(record(duration="250"), record(name="b", duration="1500"), record(name="c", duration=""))
    assert [outcome.duration_seconds for outcome in run.resources] == [0.25, 1.5, None]
    assert run.timings == (("file[b]", 1.5), ("file[/etc/app.conf]", 0.25))
