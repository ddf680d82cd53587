"""What looks like drift and is not, and what does not look like it and is: each once went wrong somewhere."""

from __future__ import annotations

import pytest

from reports.run import Cause, Outcome, Status
from tests.drift.telling import INFERRED, PRESUMED, Tale, change, command


def test_a_command_that_the_tool_flags_corrective_is_no_drift() -> None:
    """Of a command the flag says no more than that it ran again."""
    tale = Tale().run(command())
    for _ in range(3):
        tale.run(command(said_corrective=True))
    assert tale.causes()[1:] == [Cause.REPEATED] * 3


def test_a_command_run_once_more_is_unknown() -> None:
    tale = Tale().run(command()).built("warm up").run(command(said_corrective=True))
    assert tale.told() == (Cause.UNKNOWN, None)


def test_a_command_run_twice_with_a_run_between_that_left_it_alone_is_unknown() -> None:
    tale = Tale(lists=False).run(change()).built().run(command()).run().run(command())
    assert tale.told() == (Cause.UNKNOWN, None)


def test_a_refresh_of_a_service_that_drifted_otherwise_is_triggered() -> None:
    tale = Tale().built("conf", "service")
    tale.run(change("conf", said_corrective=True), change("service", said_triggered=True))
    assert tale.causes() == [Cause.CORRECTIVE, Cause.TRIGGERED]


def test_a_failed_attempt_flagged_corrective_keeps_its_word_and_is_not_done() -> None:
    """Whether it was needed for drift is known; that it did not succeed is told by its status."""
    tale = Tale().run(change()).run(change(said_corrective=True, status=Status.FAILED), outcome=Outcome.FAILED)
    assert tale.told()[0] is Cause.CORRECTIVE


def test_after_failed_attempts_the_one_that_succeeds_was_not_in_place_before() -> None:
    failed = change(old="a", new="b", status=Status.FAILED)
    tale = Tale().built("other").run(failed, outcome=Outcome.FAILED).run(failed, outcome=Outcome.FAILED)
    tale.run(change(old="a", new="b"))
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_a_stray_that_is_purged_at_first_sight_is_presumed_corrective() -> None:
    tale = Tale().built("directory").run(change("directory/stray", old="file", new="absent"))
    assert tale.told() == (Cause.CORRECTIVE, PRESUMED)


def test_what_the_first_run_takes_away_is_of_the_build() -> None:
    assert Tale().run(change(old="file", new="absent")).told() == (Cause.FIRST_BUILD, INFERRED)


@pytest.mark.parametrize("wanted", ["staff", "50"])
def test_a_gid_that_turns_from_name_to_number_hides_no_drift(wanted: str) -> None:
    """The creating run tells the group's name, each later one its number: no new wish of the code."""
    shell = {"property": "create", "found": "shell=sh", "desired": "shell=bash"}
    tale = Tale().run(change("deploy", property="gid", old="absent", new="staff"), change("deploy", **shell))
    tale.run(change("deploy", property="gid", old="users", new=wanted), change("deploy", **shell))
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)
    assert tale.causes()[-2] is Cause.CORRECTIVE


def test_a_template_with_a_time_stamp_is_repeated_and_not_intended_over_and_over() -> None:
    tale = Tale().built()
    for minute in range(5):
        tale.run(change(old=f"made at 12:0{minute}", new=f"made at 12:0{minute + 1}"))
    assert tale.causes() == [Cause.REPEATED] * 5


def test_two_owners_in_one_run_are_repeated() -> None:
    one = change(occurrence="one", found="other's", desired="one's")
    other = change(occurrence="other", found="one's", desired="other's")
    assert Tale().built().run(one, other).causes() == [Cause.REPEATED] * 2


def test_two_run_lists_in_turn_are_repeated() -> None:
    """Each finds what the other left: neither is a new wish of the code."""
    to_a, to_b = change(old="b", new="a"), change(old="a", new="b")
    tale = Tale().run(to_a).run(to_b).run(to_a).run(to_b).run(to_a)
    assert set(tale.causes()[1:]) == {Cause.REPEATED}


def test_the_same_drift_every_run_is_no_repetition() -> None:
    """A cron job that puts its own value back each time: the tool's value did hold until then."""
    tale = Tale().run(change(old="wrong", new="right"))
    for _ in range(4):
        tale.run(change(old="wrong", new="right"))
    assert tale.causes()[1:] == [Cause.CORRECTIVE] * 4


def test_changes_that_differ_by_a_pid_alone_are_one_command() -> None:
    tale = Tale().built("cmd").run(command("cmd", new="pid 300"))
    tale.run(command("cmd", new="pid 471")).run(command("cmd", new="pid 9012"))
    assert tale.causes() == [Cause.REPEATED] * 3


@pytest.mark.parametrize("is_told_by_the_run", [True, False])
def test_a_machine_rebuilt_under_its_old_name_is_built_and_not_corrected(is_told_by_the_run: bool) -> None:
    one, two = (1, 2) if is_told_by_the_run else (None, None)
    put = change(old="absent", new="file")
    tale = Tale().another_machine(1).run(put, machine_id=one).built(machine_id=one)
    tale.another_machine(2).run(put, machine_id=two)
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_what_drifts_after_a_rebuild_is_held_against_the_new_machine_alone() -> None:
    tale = Tale().run(change(old="absent", new="old wish"), machine_id=1)
    tale.run(change(old="absent", new="new wish"), machine_id=2)
    assert tale.run(change(old="new wish", new="old wish"), machine_id=2).told() == (Cause.INTENDED, INFERRED)


def test_an_environment_that_asks_for_another_value_is_intended() -> None:
    tale = Tale().run(change(old="absent", new="prod"), environment="production")
    tale.built(environment="production").run(change(old="prod", new="stage"), environment="staging")
    assert tale.told() == (Cause.INTENDED, INFERRED)


def test_to_and_fro_between_environments_is_no_repetition() -> None:
    tale = Tale().run(change(old="absent", new="prod"), environment="production")
    for number in range(4):
        environment, old, new = (("staging", "prod", "stage"), ("production", "stage", "prod"))[number % 2]
        tale.run(change(old=old, new=new), environment=environment)
    assert tale.causes()[1:] == [Cause.INTENDED] * 4


def test_two_tools_on_one_node_say_nothing_of_each_other() -> None:
    tale = Tale(tool="one").run(change(old="absent", new="a")).built()
    tale.run(change(old="x", new="a"), tool="two")
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)
    assert tale.run(change(old="x", new="a"), tool="one").told() == (Cause.CORRECTIVE, INFERRED)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("0a1b2c3", "4d5e6f7", "; the code had moved."),
        ("0a1b2c3", "0a1b2c3", "; the code had not moved."),
        ("1763900000", "1763901800", "found different now."),  # the second of compilation, which moves by itself
    ],
)
def test_a_compile_time_is_no_version_of_the_code(before: str, now: str, words: str) -> None:
    tale = Tale().run(change(old="absent", new="a"), code_version=before)
    tale.run(change(old="x", new="a"), code_version=now)
    assert tale.last().reason.endswith(words)


def test_a_dry_run_leaves_nothing_in_place() -> None:
    pending = change(old="absent", new="a", status=Status.PENDING)
    tale = Tale().built("other").run(pending, noop=True, outcome=Outcome.PENDING).run(change(old="absent", new="a"))
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_a_secret_is_not_compared_by_its_mask() -> None:
    mask = "[redacted sensitive information]"
    hidden = change(old=mask, new=mask, is_sensitive=True)
    assert Tale().run(hidden).built().run(hidden).told() == (Cause.UNKNOWN, None)
