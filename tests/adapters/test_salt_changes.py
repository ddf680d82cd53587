"""What a state's `changes` become: one Change per property, and digests to compare them by."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reports.run import Change, Status
from tests.adapters.salt_results import DIFF, event, read_resource, read_run, state, states


def told(changes: object, function: str = "file.managed") -> list[tuple[str | None, str | None, str | None]]:
    """Property, old and new of each Change."""
    return [
        (change.property, change.old, change.new) for change in read_resource(state(changes=changes), function).changes
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"old": "a", "new": "b"}, [(None, "a", "b")]),
        ({"new": "/srv/current"}, [(None, None, "/srv/current")]),
        ({"nginx": {"old": "", "new": "1.2"}}, [("nginx", "", "1.2")]),
        ({"mode": "0600"}, [("mode", None, "0600")]),
        ({"enabled": True, "x": None}, [("enabled", None, "true"), ("x", None, "null")]),
        ({"/etc/app": {"directory": "new"}}, [("/etc/app.directory", None, "new")]),
        ({"added": ["a", "b"], "removed": []}, [("added", None, "a, b"), ("removed", None, "[]")]),
        ({"rules": [{"port": 22}]}, [("rules", None, '[{"port": 22}]')]),
        ({"old": {"a": 1}, "new": {"a": 2}}, [(None, '{"a": 1}', '{"a": 2}')]),
        ({"old": None, "new": 2.5}, [(None, "null", "2.5")]),
        ({"old": 2**70, "new": -1}, [(None, str(2**70), "-1")]),
        ({"": "e", "a.b": 1, "$set": {"x": 1}, "__proto__": "p"},
         [("", None, "e"), ("a.b", None, "1"), ("$set.x", None, "1"), ("__proto__", None, "p")]),
        ({"empty": {}}, [(None, None, None)]),
        (["a list"], [(None, None, "a list")]),
        ({"out": "a\x00b"}, [("out", None, "a\x00b")]),
    ],
)  # fmt: skip
def test_changes_of_any_shape(changes: object, expected: list[tuple[str | None, str | None, str | None]]) -> None:
    assert told(changes) == expected


def test_diff_is_shown_as_one_and_the_comment_goes_with_it() -> None:
    resource = read_resource(state(changes={"diff": DIFF}, comment="File /etc/app.conf updated"))
    expected = Change("diff", None, None, Status.SUCCESS, message="File /etc/app.conf updated", diff=DIFF)
    assert resource.changes == (expected,)


def test_sentence_in_place_of_a_diff_is_the_message() -> None:
    (change,) = read_resource(state(changes={"diff": "New file"}, comment="File updated")).changes
    assert (change.diff, change.new, change.message) == (None, None, "New file\nFile updated")


def test_new_file_was_not_there() -> None:
    new, replaced = (read_resource(state(changes={"diff": note})) for note in ("New file", "Replace binary file"))
    assert (new.changes[0].old, replaced.changes[0].old) == ("absent", None)


def test_trimmed_value_is_said_to_be_one() -> None:
    (change,) = read_resource(state(changes={"diff": "VALUE_TRIMMED"})).changes
    assert change.diff is None
    assert change.message is not None
    assert change.message.startswith("VALUE_TRIMMED: too large")


def test_process_id_and_silent_streams_of_a_command_are_left_out() -> None:
    changes = {"pid": 815, "retcode": 0, "stdout": "done", "stderr": ""}
    assert told(changes, "cmd.run") == [("retcode", None, "0"), ("stdout", None, "done")]


def test_failure_without_changes_says_why() -> None:
    (change,) = read_resource(state(result=False, comment="Source not found")).changes
    assert (change.property, change.status, change.message) == (None, Status.FAILED, "Source not found")


def test_numbers_that_json_does_not_know_are_text() -> None:
    body = json.dumps(event(states(state(changes={"old": float("inf"), "new": float("nan")})))).encode()
    assert b"Infinity" in body
    (change,) = read_run(body).resources[0].changes
    assert (change.old, change.new) == ("Infinity", "NaN")


def test_number_beyond_a_double_is_kept_as_text() -> None:
    body = json.dumps(event(states(state(changes={"new": 0})))).replace('"new": 0', '"new": 1e999').encode()
    assert read_run(body).resources[0].changes[0].new == "1e999"


def test_lone_surrogate_and_broken_utf8_are_replaced() -> None:
    body = json.dumps(event(states(state(changes={"a": "\ud800", "b": "??"})))).encode().replace(b"??", b"\xff\xfe")
    assert [change.new for change in read_run(body).resources[0].changes] == ["\ufffd", "\ufffd\ufffd"]


def test_thousands_of_properties_are_bounded_and_said_so() -> None:
    changes = read_resource(state(changes={f"/srv/{n}": {"mode": "0644"} for n in range(500)})).changes
    assert len(changes) == 201
    assert changes[-1].message == "More than 200 properties: the others are left out."


def test_long_value_is_cut_and_said_so() -> None:
    (change,) = read_resource(state(changes={"out": "x" * 100_000})).changes
    assert change.new is not None
    assert change.new.endswith("[34464 more characters left out]")


def test_deep_nesting_ends_as_json() -> None:
    deep: Any = "bottom"
    for _ in range(20):
        deep = {"x": deep}
    ((path, _, new),) = told(deep)
    assert path == ".".join("x" * 8)
    assert new is not None
    assert "bottom" in new


def test_same_value_set_again_has_the_same_digest() -> None:
    other = DIFF.replace("workers=99", "workers=1").replace("@@ -1,2 +1,2 @@", "@@ -7,2 +7,2 @@")
    first, second = (read_resource(state(changes={"diff": diff})) for diff in (DIFF, other))
    assert first.desired == second.desired is not None
    assert first.found != second.found


def test_value_found_is_comparable_with_the_value_set_before() -> None:
    back = "--- \n+++ \n@@ -1,2 +1,2 @@\n port=80\n-workers=4\n+workers=8\n"
    first, second = (read_resource(state(changes={"diff": diff})) for diff in (DIFF, back))
    assert second.found == first.desired


def test_digests_of_pairs_are_of_each_side() -> None:
    there, back = (read_resource(state(changes={"pkg": {"old": old, "new": new}})) for old, new in ("12", "21"))
    assert (there.desired, there.found) == (back.found, back.desired)


@pytest.mark.parametrize("note", ["New file", "Replace binary file", "VALUE_TRIMMED"])
def test_nothing_is_digested_where_no_value_is_told(note: str) -> None:
    resource = read_resource(state(changes={"diff": note}))
    assert (resource.desired, resource.found) == (None, None)


def test_removed_line_that_looks_like_a_header_still_counts() -> None:
    diff = "--- \n+++ \n@@ -1 +1 @@\n--- old\n+++ new\n"
    assert read_resource(state(changes={"diff": diff})).found is not None


def test_output_of_a_command_is_no_declared_state() -> None:
    changes = {"pid": 1, "retcode": 0, "stdout": "Mon Nov 23", "stderr": ""}
    resource = read_resource(state(changes=changes), "cmd.run")
    assert (resource.desired, resource.found) == (None, None)


def test_mode_beside_a_diff_does_not_disturb_the_comparison() -> None:
    plain, with_mode = (read_resource(state(changes={"diff": DIFF} | more)) for more in ({}, {"mode": "0640"}))
    assert (plain.desired, plain.found) == (with_mode.desired, with_mode.found)


def test_mode_beside_a_note_is_not_taken_for_the_whole() -> None:
    resource = read_resource(state(changes={"diff": "New file", "mode": "0640"}))
    assert (resource.desired, resource.found) == (None, None)
