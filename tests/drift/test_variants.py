"""What an operator does to a node, in variants that no corpus shows: rebuilt, moved, dropped and asked for again."""

from __future__ import annotations

from typing import Any

from reports.drift.history import LOOK_BACK, PastChange
from reports.run import Cause, Status
from tests.drift.telling import INFERRED, PRESUMED, TOOL, Tale, change

FILES = tuple("abcdef")


def build(title: str, **more: Any) -> PastChange:  # noqa: ANN401 - as many types as fields
    return change(title, old="absent", desired=f"state of {title}", **more)


def building(*titles: str, **more: Any) -> list[PastChange]:  # noqa: ANN401 - as many types as fields
    return [build(title, **more) for title in titles]


def built(**more: Any) -> Tale:  # noqa: ANN401 - as many types as fields
    """A machine that was built, and then found in order."""
    return Tale().run(*building(*FILES, **more), unchanged=1).run(in_sync=dict.fromkeys(FILES), unchanged=7)


def test_machine_that_tells_no_identity_is_built_anew_where_nearly_all_comes_into_being_again() -> None:
    tale = built().run(*building(*FILES), change("service", old="stopped", new="running"), unchanged=1)
    assert set(tale.causes()) == {Cause.FIRST_BUILD}
    assert tale.run(*building(*FILES), unchanged=1).told() == (Cause.FIRST_BUILD, PRESUMED)


def test_tool_that_tells_new_values_alone_builds_anew_what_it_had_built() -> None:
    first = [change(title, new="1000") for title in FILES]
    tale = Tale().run(*first, unchanged=0).run(in_sync=dict.fromkeys(FILES), unchanged=6).run(*first, unchanged=0)
    assert tale.told() == (Cause.FIRST_BUILD, PRESUMED)


def test_tool_that_lost_its_memory_with_the_machine_does_not_make_a_rebuild_intended() -> None:
    tale = built(said_corrective=False).run(*building(*FILES, said_corrective=False), unchanged=1)
    assert tale.told() == (Cause.FIRST_BUILD, PRESUMED)


def test_tool_that_remembers_what_it_left_is_on_the_machine_it_was_on() -> None:
    tale = built().run(*building(*FILES, said_corrective=True), unchanged=1)
    assert tale.told() == (Cause.CORRECTIVE, TOOL)


def test_dry_run_on_a_machine_built_anew_is_told_like_the_run_it_foretells() -> None:
    tale = built().run(*building(*FILES, status=Status.PENDING), unchanged=1, noop=True)
    assert tale.told() == (Cause.FIRST_BUILD, PRESUMED)


def test_folder_that_is_gone_is_no_new_machine_while_something_made_before_is_left() -> None:
    tale = Tale().run(*building(*FILES, "package"), unchanged=1)
    tale.run(*building(*FILES), in_sync={"package": None}, unchanged=2)
    assert tale.told() == (Cause.CORRECTIVE, INFERRED)


def test_folder_that_is_gone_is_no_new_machine_while_most_is_in_order() -> None:
    assert built().run(*building(*FILES), unchanged=60).told() == (Cause.CORRECTIVE, INFERRED)


def test_new_code_of_many_files_makes_no_new_machine() -> None:
    tale = built().run(*building(*"ghijkl"), change("a", old="absent", desired="state of a"), unchanged=0)
    assert tale.causes()[-7:] == [*[Cause.FIRST_BUILD] * 6, Cause.CORRECTIVE]


def test_value_of_another_environment_is_intended() -> None:
    tale = built().run(change("a", old="workers 4", new="workers 2"), in_sync={}, environment="staging")
    assert tale.told() == (Cause.INTENDED, PRESUMED)
    assert "when the node was in production" in tale.last().reason


def test_same_step_in_several_files_speaks_for_no_foreign_hand() -> None:
    steps = [change(title, old="workers 4", new="workers 16", desired="16", found="4") for title in FILES]
    assert built().run(*steps).told() == (Cause.INTENDED, PRESUMED)


def test_same_foreign_line_in_files_that_want_other_ones_is_drift() -> None:
    changes = [change(title, found="by hand", desired=f"new {title}") for title in FILES]
    assert built().run(*changes).told() == (Cause.CORRECTIVE, PRESUMED)


def test_what_no_run_has_looked_at_for_long_is_not_called_drift() -> None:
    tale = built()
    for _ in range(LOOK_BACK):
        tale.run(in_sync=dict.fromkeys("bcdef"))
    tale.run(build("a"))
    assert tale.told() == (Cause.UNKNOWN, None)
    assert "as if the code had dropped it" in tale.last().reason


def test_what_is_found_as_it_was_left_long_ago_and_given_another_value_is_intended() -> None:
    tale = built()
    for _ in range(LOOK_BACK):
        tale.run(in_sync=dict.fromkeys("bcdef"))
    assert tale.run(change("a", found="state of a", desired="another")).told() == (Cause.INTENDED, INFERRED)


def test_dry_runs_and_failures_between_do_not_hide_what_was_in_place() -> None:
    drift = {"found": "by hand", "desired": "state of a"}
    tale = built()
    tale.run(change("a", status=Status.PENDING, **drift), noop=True)
    tale.run(change("a", status=Status.FAILED, **drift))
    assert tale.run(change("a", **drift)).told() == (Cause.CORRECTIVE, INFERRED)
