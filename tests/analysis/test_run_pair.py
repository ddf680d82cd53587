"""Two runs head to head."""

from __future__ import annotations

from typing import Any

import pytest

from reports.analysis.nearest_run import find_nearest_run
from reports.analysis.run_pair import RunName, RunPair, compare_two_runs
from reports.errors import BadQuestion, NothingFound
from reports.run import Change, Counts, InSync, Outcome, ResourceOutcome, Status
from tests.api.conftest import keep, run_id, tell_change, tell_run

pytestmark = pytest.mark.django_db


def set_to(title: str, new: str | None, *, status: Status = Status.SUCCESS, sensitive: bool = False) -> ResourceOutcome:
    change = Change("content", "before", new, status, is_sensitive=sensitive)
    return ResourceOutcome("File", title, status, (change,))


def compare(a: dict[str, Any], b: dict[str, Any]) -> RunPair:
    keep(tell_run("a", "web-1", hours_ago=2, **a), tell_run("b", "web-2", **b))
    return compare_two_runs(RunName(run_id("a")), RunName(run_id("b")))


def test_what_only_one_of_them_looked_at_is_told_where_both_list_it() -> None:
    pair = compare(
        {"in_sync": (InSync("File", "one"), InSync("File", "both"))},
        {"in_sync": (InSync("File", "both"), InSync("File", "two"))},
    )
    assert pair.only_a is not None
    assert pair.only_a.names == ("File[one]",)
    assert pair.only_b is not None
    assert pair.only_b.names == ("File[two]",)
    assert not pair.are_of_one_node


def test_nothing_is_said_to_be_looked_at_by_one_alone_where_a_tool_does_not_list_it() -> None:
    pair = compare({"in_sync": (InSync("File", "one"),)}, {"resources": (set_to("x", "1"),), "counts": Counts(total=9)})
    assert pair.only_a is None
    assert pair.only_b is None


def test_what_changed_or_failed_in_one_of_them_alone_is_told_apart_from_what_did_in_both() -> None:
    pair = compare(
        {"resources": (set_to("a", "1"), set_to("both", "1"), set_to("broken", "1", status=Status.FAILED))},
        {"resources": (set_to("b", "1"), set_to("both", "1"), set_to("worse", "1", status=Status.FAILED))},
    )
    assert pair.changed_only_a.names == ("File[a]",)
    assert pair.changed_only_b.names == ("File[b]",)
    assert pair.changed_both.names == ("File[both]",)
    assert pair.failed_only_a.names == ("File[broken]",)
    assert pair.failed_only_b.names == ("File[worse]",)
    assert pair.failed_both.count == 0
    assert pair.values == ()


def test_what_both_set_and_not_to_the_same_value_is_told_with_both() -> None:
    pair = compare({"resources": (set_to("motd", "hello"),)}, {"resources": (set_to("motd", "goodbye"),)})
    (value,) = pair.values
    assert (value.resource, value.property) == ("File[motd]", "content")
    assert (value.a.new, value.b.new) == ("hello", "goodbye")


def test_values_that_differ_far_behind_their_beginning_differ_too() -> None:
    start = "x" * 5_000
    pair = compare({"resources": (set_to("motd", start + "1"),)}, {"resources": (set_to("motd", start + "2"),)})
    assert len(pair.values) == 1
    assert pair.values[0].a.new == "x" * 2_000


def test_a_run_that_failed_at_what_the_other_did_is_told_with_both_statuses() -> None:
    pair = compare({"resources": (set_to("x", "1"),)}, {"resources": (set_to("x", "1", status=Status.FAILED),)})
    assert [(value.a.status, value.b.status) for value in pair.values] == [(Status.SUCCESS, Status.FAILED)]


def test_times_are_told_furthest_apart_first_and_those_of_one_run_alone_too() -> None:
    changed: dict[str, Any] = {"outcome": Outcome.CHANGED, "resources": (tell_change("/etc/motd"),)}
    pair = compare(
        {"timings": (("apply", 2.0), ("fetch", 1.0), ("plan", 0.5)), **changed},
        {"timings": (("apply", 2.1), ("fetch", 9.0)), **changed},
    )
    assert [(one.what, one.a, one.b) for one in pair.timings] == [
        ("fetch", 1.0, 9.0), ("plan", 0.5, None), ("apply", 2.0, 2.1)
    ]  # fmt: skip


def test_no_times_are_compared_where_one_of_them_kept_none() -> None:
    pair = compare({"timings": (("apply", 2.0),), "outcome": Outcome.CHANGED, "resources": (tell_change("m"),)}, {})
    assert pair.timings == ()
    assert pair.a.has_timings
    assert not pair.b.has_timings


def test_another_machine_is_told_of_on_one_node_alone() -> None:
    keep(tell_run("old", "web-1", hours_ago=5, machine="m1"), tell_run("new", "web-1", machine="m2"))
    keep(tell_run("other", "web-2", machine="m3"))
    assert compare_two_runs(RunName(run_id("old")), RunName(run_id("new"))).is_other_machine
    assert not compare_two_runs(RunName(run_id("old")), RunName(run_id("other"))).is_other_machine


def test_two_nodes_that_tell_of_one_id_are_told_apart_by_their_nodes() -> None:
    keep(tell_run("shared", "web-1", resources=(set_to("x", "1"),)))
    keep(tell_run("shared", "web-2", resources=(set_to("x", "2"),)))
    pair = compare_two_runs(RunName(run_id("shared"), "web-1"), RunName(run_id("shared"), "web-2"))
    assert (pair.a.run.node, pair.b.run.node) == ("web-1", "web-2")
    assert [(value.a.new, value.b.new) for value in pair.values] == [("1", "2")]


def test_a_run_is_not_compared_with_itself() -> None:
    keep(tell_run("only", "web-1"))
    with pytest.raises(BadQuestion, match="the very run that a is"):
        compare_two_runs(RunName(run_id("only")), RunName(run_id("only"), "web-1"))


def test_a_run_that_is_not_kept_is_named() -> None:
    keep(tell_run("only", "web-1"))
    with pytest.raises(NothingFound, match=str(run_id("gone"))):
        compare_two_runs(RunName(run_id("only")), RunName(run_id("gone")))


def test_the_nearest_run_of_another_node_is_of_the_same_tool_where_there_is_one() -> None:
    keep(tell_run("here", "web-1", hours_ago=5))
    keep(tell_run("early", "web-2", hours_ago=9), tell_run("near", "web-2", hours_ago=4))
    keep(tell_run("nearer, of another tool", "web-2", hours_ago=4.9, tool="other"))
    keep(tell_run("only of another tool", "web-3", hours_ago=1, tool="other"))
    here = RunName(run_id("here"))
    assert find_nearest_run(here, node="web-2", site="main").id == run_id("near")
    assert find_nearest_run(here, node="web-3", site="main").id == run_id("only of another tool")
    with pytest.raises(NothingFound, match="no other run of node web-1"):
        find_nearest_run(here, node="web-1", site="main")
