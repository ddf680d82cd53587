"""Each rule of causes, by the smallest tale that it tells of."""

from __future__ import annotations

from typing import Any

import pytest

from reports.drift.causes import explain
from reports.drift.history import ENOUGH_COMPANIONS
from reports.run import Cause, Outcome, Status
from tests.drift.telling import INFERRED, NOON, PRESUMED, TOOL, Tale, change, command

TO_B = change(old="a", new="b")


def test_a_refresh_is_triggered_as_the_tool_says() -> None:
    assert Tale().built().run(change(said_triggered=True)).told() == (Cause.TRIGGERED, TOOL)


def test_what_the_tool_found_moved_is_corrective() -> None:
    assert Tale().built().run(change(said_corrective=True)).told() == (Cause.CORRECTIVE, TOOL)


def test_what_the_tool_found_as_it_left_it_is_intended() -> None:
    assert Tale().built().run(change(said_corrective=False)).told() == (Cause.INTENDED, TOOL)


def test_what_was_skipped_is_unknown() -> None:
    tale = Tale().run(TO_B).run(TO_B._replace(status=Status.SKIPPED))
    assert tale.told() == (Cause.UNKNOWN, None)


def test_what_is_put_in_place_in_the_first_run_is_built() -> None:
    assert Tale().run(change()).told() == (Cause.FIRST_BUILD, INFERRED)


def test_what_a_tool_that_lists_never_listed_is_built() -> None:
    assert Tale().built("other").run(TO_B).told() == (Cause.FIRST_BUILD, INFERRED)


def test_what_is_created_for_the_first_time_is_built() -> None:
    tale = Tale(lists=False).built().run(change(old="absent", new="file"))
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_what_follows_a_first_run_that_failed_is_still_of_the_build() -> None:
    tale = Tale(lists=False).run(change("one"), outcome=Outcome.FAILED).run(TO_B)
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_a_run_that_only_does_again_what_was_done_ends_the_build() -> None:
    """Else a node that runs a command in every run would never count as built."""
    tale = Tale(lists=False).run(command()).run(command()).run(TO_B)
    assert tale.told() != (Cause.FIRST_BUILD, INFERRED)


def test_a_dry_run_does_not_end_the_build() -> None:
    tale = Tale(lists=False).run(change("one")).run(noop=True).run(TO_B)
    assert tale.told() == (Cause.FIRST_BUILD, INFERRED)


def test_a_value_set_before_and_set_again_is_corrective() -> None:
    tale = Tale().run(TO_B).built().run(change(old="c", new="b"))
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)
    assert tale.last().reason == "Set to this same value on 23 Nov 12:30 UTC, found different now."


def test_a_value_found_as_it_was_left_and_replaced_is_intended() -> None:
    assert Tale().run(TO_B).built().run(change(old="b", new="c")).told() == (Cause.INTENDED, INFERRED)


def test_a_declaration_that_was_in_sync_and_is_enforced_again_is_corrective() -> None:
    tale = Tale().built("other").run(in_sync={"motd": "d1"}).run(change(desired="d1", found="d0"))
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)


def test_a_declaration_that_was_in_sync_and_is_replaced_is_intended() -> None:
    tale = Tale().built("other").run(in_sync={"motd": "d1"}).run(change(desired="d2", found="d1"))
    assert tale.told() == (Cause.INTENDED, INFERRED)


def test_the_reason_says_whether_the_code_had_moved() -> None:
    still = Tale().run(TO_B, code_version="v1").run(change(old="c", new="b"), code_version="v1")
    assert still.last().reason.endswith("found different now; the code had not moved.")
    moved = Tale().run(TO_B, code_version="v1").run(change(old="b", new="c"), code_version="v2")
    assert moved.last().reason.endswith("since then another value is asked for; the code had moved.")


def test_a_value_that_an_earlier_message_names_counts_as_set() -> None:
    told = change(message="defined content as '{md5}0123456789abcdef'")
    again = change(old="{md5}ffffffffffffffff", new="{md5}0123456789abcdef")
    assert Tale().run(told).built().run(again).told() == (Cause.CORRECTIVE, INFERRED)


def test_a_part_of_the_lines_that_were_set_counts_as_set() -> None:
    whole = change(old="absent", new="port = 1\nname = web")
    assert Tale().run(whole).built().run(change(old="port = 9", new="port = 1")).told() == (Cause.CORRECTIVE, INFERRED)


def test_what_was_put_there_and_is_gone_is_corrective() -> None:
    tale = Tale().run(change(property="ensure", old="absent", new="file")).built()
    tale.run(change(property="mode", old="absent", new="0644"))
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)


def test_what_was_only_listed_and_is_gone_is_presumed_corrective() -> None:
    assert Tale().built().run(change(old="absent", new="file")).told() == (Cause.CORRECTIVE, PRESUMED)


def test_found_as_it_was_left_and_changed_three_times_in_a_row_is_repeated() -> None:
    """Also the first of the three, which read like a new value until the third came."""
    tale = Tale().built().run(TO_B).run(change(old="b", new="c"))
    assert Cause.REPEATED not in tale.causes()
    assert tale.run(change(old="c", new="d")).causes() == [Cause.REPEATED] * 3


def test_three_new_values_by_three_new_versions_are_intended() -> None:
    tale = Tale().run(change(old="absent", new="a"), code_version="v0")
    for number, (old, new) in enumerate([("a", "b"), ("b", "c"), ("c", "d")]):
        tale.run(change(old=old, new=new), code_version=f"v{number + 1}")
    assert tale.causes()[1:] == [Cause.INTENDED] * 3


def test_what_many_resources_are_set_to_again_and_never_hold_is_presumed_repeated() -> None:
    many = [change(title, old=f"{title}1", new=f"{title}2") for title in "abcde"]
    assert Tale().run(*many).run(*many).told() == (Cause.REPEATED, PRESUMED)
    assert Tale().run(*many[:4]).run(*many[:4]).told() == (Cause.CORRECTIVE, INFERRED)


def test_what_is_set_thrice_without_a_word_of_what_was_found_is_presumed_repeated() -> None:
    mode = change(property="mode", new="0755")
    tale = Tale().run(mode).run(mode)
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)
    assert tale.run(mode).told() == (Cause.REPEATED, PRESUMED)


def test_what_held_in_a_run_between_is_no_repetition() -> None:
    """A tool that does not list what it left alone has looked at it nevertheless."""
    for lists in (True, False):
        tale = Tale(lists=lists).run(TO_B).built().run(TO_B)
        assert tale.told() == (Cause.CORRECTIVE, INFERRED)


def test_done_although_all_was_in_place_is_repeated() -> None:
    tale = Tale().built().run(change(found="d1", desired="d1"))
    assert tale.told() == (Cause.REPEATED, INFERRED)


def test_done_although_all_was_in_place_after_another_change_is_presumed_triggered() -> None:
    tale = Tale().built("motd", "conf").run(change("conf"), change(found="d1", desired="d1"))
    assert tale.told() == (Cause.TRIGGERED, PRESUMED)


def test_what_was_done_before_without_any_other_change_is_repeated_even_after_one() -> None:
    """It needs no other change to set it off."""
    touch = change(found="d1", desired="d1")
    tale = Tale().built("motd", "conf").run(touch).run(change("conf"), touch)
    assert tale.told() == (Cause.REPEATED, INFERRED)


def test_a_restart_that_follows_another_change_every_time_is_presumed_triggered() -> None:
    restart = change(found="d1", desired="d1")
    tale = Tale().built("motd", "conf")
    for number in range(4):
        tale.run(change("conf", old=f"{number}", new="right"), restart)
    assert tale.told() == (Cause.TRIGGERED, PRESUMED)


# What is left when no rule can tell.


def undecided(**more: Any) -> Tale:  # noqa: ANN401 - as many types as fields
    """A resource that was in place, of which found and wanted are both new."""
    return Tale().built().run(change(found="d1", desired="d2", **more))


def test_a_lone_change_of_what_was_in_place_is_presumed_corrective() -> None:
    assert undecided().told() == (Cause.CORRECTIVE, PRESUMED)


def test_the_same_change_on_enough_other_nodes_is_presumed_intended() -> None:
    assert undecided().told(companions=ENOUGH_COMPANIONS) == (Cause.INTENDED, PRESUMED)
    assert undecided().told(companions=ENOUGH_COMPANIONS - 1) == (Cause.CORRECTIVE, PRESUMED)


def test_five_resources_at_once_are_presumed_to_be_a_roll_out() -> None:
    titles = "abcde"
    tale = Tale().built(*titles).run(*(change(title, found=f"{title}1", desired=f"{title}2") for title in titles))
    assert tale.told() == (Cause.INTENDED, PRESUMED)


def test_the_same_foreign_value_in_several_resources_is_presumed_corrective() -> None:
    titles = "abcde"
    tale = Tale().built(*titles).run(*(change(title, old="vandal", new=title) for title in titles))
    assert tale.told() == (Cause.CORRECTIVE, PRESUMED)


@pytest.mark.parametrize(("version", "cause"), [("v1", Cause.CORRECTIVE), ("v2", Cause.INTENDED)])
def test_what_was_in_place_follows_the_version_of_the_code(version: str, cause: Cause) -> None:
    tale = Tale().built(code_version="v1").run(change(found="d1", desired="d2"), code_version=version)
    assert tale.told() == (cause, PRESUMED)


def test_a_lone_secret_is_unknown() -> None:
    assert undecided(is_sensitive=True).told() == (Cause.UNKNOWN, None)


def test_a_failure_that_tells_nothing_is_unknown() -> None:
    tale = Tale().built().run(change(status=Status.FAILED))
    assert tale.told() == (Cause.UNKNOWN, None)


def test_what_is_done_again_from_the_same_state_was_corrective_before() -> None:
    """Another node's word does not count against it."""
    one = change(found="d1", desired="d2")
    tale = Tale().built().run(one).built().run(one)
    assert tale.causes() == [Cause.CORRECTIVE, Cause.CORRECTIVE]
    first = tale.changes[tale.runs[1].run_id][0].key
    explained = explain(tale.history(companions={first: ENOUGH_COMPANIONS}))
    assert explained[first].cause is Cause.CORRECTIVE


def test_an_old_change_is_remembered_however_long_ago() -> None:
    tale = Tale(lists=False).built().run(change(old="c", new="b"))
    older = change(old="x", new="b", at=NOON)
    history = tale.history(known_before=1, is_whole=False, earlier={older.resource_id: [older]})
    assert [one.cause for one in explain(history).values()] == [Cause.CORRECTIVE]
