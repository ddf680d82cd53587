"""A span of time, and all that happened in it: hand-made fleets whose answers are known."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from reports.analysis.incident import IncidentWindow, find_incident
from reports.analysis.incident_question import IncidentQuestion, Only
from reports.analysis.incident_runs import cut_in_slices
from reports.errors import BadQuestion
from reports.run import Change, Inventory, Outcome, ResourceOutcome, Run, Status
from reports.search.language import parse
from reports.search.subjects import NODES
from tests.api.conftest import NOW, keep, tell_change, tell_run

pytestmark = pytest.mark.django_db

WINDOW = 4  # hours up to now


def look(hours: float = WINDOW, *, cursor: str | None = None, limit: int = 50, **asked: Any) -> IncidentWindow:  # noqa: ANN401
    question = IncidentQuestion(NOW - timedelta(hours=hours), NOW, **asked)
    return find_incident(question, NOW, cursor=cursor, limit=limit)


def resources(window: IncidentWindow) -> list[str]:
    return [folded.change.title for folded in window.changes.page.rows]


def set_to(title: str, new: str, *, old: str = "before", corrective: bool = False) -> ResourceOutcome:
    change = Change("content", old, new, Status.SUCCESS, corrective=corrective)
    return ResourceOutcome("File", title, Status.SUCCESS, (change,))


def fail_at(title: str, message: str) -> ResourceOutcome:
    change = Change(None, None, None, Status.FAILED, message=message)
    return ResourceOutcome("Service", title, Status.FAILED, (change,))


def changed(word: str, node: str, *resources: ResourceOutcome, hours_ago: float = 1, **more: Any) -> Run:  # noqa: ANN401
    outcome = Outcome.FAILED if any(one.status == Status.FAILED for one in resources) else Outcome.CHANGED
    return tell_run(word, node, hours_ago=hours_ago, **{"outcome": outcome, "resources": resources, **more})


def test_an_empty_window_says_so_in_every_part() -> None:
    window = look()
    assert window.runs.runs == window.nodes.matching == window.changes.lines == 0
    assert window.nodes.cut_off is None
    assert window.changes.page.rows == ()
    assert sum(piece.total for piece in window.runs.slices) == 0


def test_the_head_counts_runs_by_outcome_and_the_nodes_behind_them() -> None:
    keep(
        changed("a", "web-1", set_to("motd", "x", corrective=True), outcome=Outcome.CORRECTED),
        changed("b", "web-2", fail_at("nginx", "no")),
        tell_run("c", "web-2", hours_ago=2),
        tell_run("d", "web-3", hours_ago=2),
        tell_run("outside", "web-4", hours_ago=5, outcome=Outcome.FAILED, message="no"),
    )
    runs = look().runs
    assert runs.outcomes == ((Outcome.FAILED, 1), (Outcome.CORRECTED, 1), (Outcome.UNCHANGED, 2))
    assert (runs.nodes, runs.runs, runs.failed_nodes, runs.corrected_nodes) == (3, 4, 1, 1)


def test_slices_show_when_it_began() -> None:
    keep(changed("a", "web-1", set_to("one", "x"), hours_ago=3.5), changed("b", "web-1", set_to("two", "y")))
    busy = [piece for piece in look().runs.slices if piece.total]
    assert [piece.since <= NOW - timedelta(hours=h) < piece.until for piece, h in zip(busy, (3.5, 1), strict=True)] == [
        True, True
    ]  # fmt: skip


@pytest.mark.parametrize("hours", [0.5, 1, 4, 24, 24 * 7, 24 * 14])
def test_slices_cover_the_window_without_gap_or_overlap(hours: float) -> None:
    since = NOW.replace(minute=7) - timedelta(hours=hours)
    slices = cut_in_slices(since, NOW)
    assert (slices[0].since, slices[-1].until) == (since, NOW)
    assert all(one.until == other.since for one, other in itertools.pairwise(slices))
    assert len(slices) <= 60


def test_changes_come_oldest_first_and_end_where_the_window_ends() -> None:
    keep(
        changed("late", "web-1", set_to("late", "x"), hours_ago=1),
        changed("early", "web-2", set_to("early", "x"), hours_ago=3),
        changed("before", "web-2", set_to("before", "x"), hours_ago=4.5),
    )
    assert resources(look()) == ["early", "late"]
    assert resources(look(is_newest_first=True)) == ["late", "early"]


def test_the_same_change_on_many_nodes_is_one_line_and_other_values_are_another() -> None:
    keep(*(changed(f"n{n}", f"web-{n}", set_to("motd", "x"), hours_ago=2 + n / 10) for n in range(5)))
    keep(changed("other", "web-9", set_to("motd", "y")))
    first, second = look().changes.page.rows
    assert (first.nodes, first.times, first.change.node) == (5, 5, "web-4")
    assert first.first_at == NOW - timedelta(hours=2.4)
    assert first.last_at == NOW - timedelta(hours=2)
    assert (second.nodes, second.change.new) == (1, "y")


def test_failures_are_folded_by_what_they_say_but_for_digits() -> None:
    keep(
        changed("a", "web-1", fail_at("nginx", "exit 1 on web-1"), hours_ago=3),
        changed("b", "web-2", fail_at("nginx", "exit 127 on web-2"), hours_ago=2),
        changed("c", "web-3", fail_at("nginx", "out of memory"), hours_ago=1),
    )
    assert [(one.nodes, one.change.message) for one in look().changes.page.rows] == [
        (2, "exit 1 on web-1"),
        (1, "out of memory"),
    ]


def test_what_was_skipped_is_no_change() -> None:
    keep(changed("a", "web-1", tell_change("left", status=Status.SKIPPED), set_to("made", "x")))
    assert resources(look()) == ["made"]


def test_pages_follow_one_another_in_both_directions() -> None:
    keep(*(changed(f"n{n}", f"web-{n}", set_to(f"f{n}", "x"), hours_ago=3 - n / 10) for n in range(5)))
    first = look(limit=2)
    second = look(limit=2, cursor=first.changes.page.next)
    third = look(limit=2, cursor=second.changes.page.next)
    assert [resources(one) for one in (first, second, third)] == [["f0", "f1"], ["f2", "f3"], ["f4"]]
    assert third.changes.page.next is None
    assert first.changes.lines == 5
    assert resources(look(limit=2, cursor=third.changes.page.previous)) == ["f2", "f3"]
    newest = look(limit=2, is_newest_first=True)
    assert resources(look(limit=2, is_newest_first=True, cursor=newest.changes.page.next)) == ["f2", "f1"]


def test_a_resource_is_new_where_it_did_nothing_on_any_node_for_thirty_days() -> None:
    keep(changed("long ago", "web-2", set_to("old", "w"), hours_ago=24 * 32))
    keep(changed("before", "web-2", set_to("known", "w"), hours_ago=4.5))
    keep(changed("now", "web-1", set_to("old", "x"), set_to("known", "x"), set_to("never", "x")))
    found = {one.change.title: one for one in look().changes.page.rows}
    assert {title for title, one in found.items() if one.is_new_resource} == {"old", "never"}
    assert {title for title, one in found.items() if one.is_new_on_node} == {"known"}
    assert all(one.is_new for one in found.values())


def test_a_resource_that_changed_here_before_is_not_new() -> None:
    keep(changed("before", "web-1", set_to("known", "w"), hours_ago=30))
    keep(changed("now", "web-1", set_to("known", "x")), changed("also", "web-1", set_to("other", "x")))
    assert resources(look(only=frozenset({Only.NEW}))) == ["other"]


def test_an_error_is_new_where_its_resource_did_not_tell_it() -> None:
    keep(changed("before", "web-1", fail_at("nginx", "exit 1"), hours_ago=20))
    keep(
        changed("same", "web-1", fail_at("nginx", "exit 2"), hours_ago=2),
        changed("new", "web-1", fail_at("nginx", "no such file")),
    )
    assert [one.is_new_error for one in look().changes.page.rows] == [False, True]


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        ({Only.FAILURES}, ["nginx"]),
        ({Only.CORRECTIONS}, ["drift"]),
        ({Only.INTENDED}, ["moved"]),
        ({Only.FAILURES, Only.CORRECTIONS}, ["drift", "nginx"]),
        ({Only.NEW, Only.CORRECTIONS}, []),
    ],
)
def test_chips_narrow_what_is_shown(only: set[Only], titles: list[str]) -> None:
    keep(
        changed("built", "web-1", set_to("drift", "x"), set_to("moved", "x"), hours_ago=90, code_version="v1"),
        tell_run("quiet", "web-1", hours_ago=50, code_version="v1"),
        tell_run("quieter", "web-1", hours_ago=40, code_version="v1"),
        changed("now", "web-1", set_to("drift", "x", old="y", corrective=True), set_to("moved", "z", old="x"),
                fail_at("nginx", "no"), code_version="v2"),
    )  # fmt: skip
    assert sorted(resources(look(only=frozenset(only)))) == titles


def test_only_the_nodes_that_are_meant_count() -> None:
    keep(
        changed("a", "web-1", set_to("a", "x")),
        changed("b", "web-2", set_to("b", "x"), environment="staging"),
        changed("c", "db-1", set_to("c", "x")),
    )
    assert sorted(resources(look(nodes=("web-1", "db-1", "gone")))) == ["a", "c"]
    staging = look(query=parse("env:staging", NODES), q="env:staging")
    assert (resources(staging), staging.nodes.matching, staging.runs.nodes) == (["b"], 1, 1)
    assert look(nodes=("web-1",), query=parse("env:staging", NODES)).nodes.matching == 0


def test_nodes_that_fell_silent_came_back_or_are_new_are_told() -> None:
    keep(
        tell_run("s1", "silent", hours_ago=6),
        tell_run("b1", "back", hours_ago=40),
        tell_run("b2", "back", hours_ago=1),
        tell_run("n1", "new", hours_ago=2),
        tell_run("u1", "usual", hours_ago=9),
        tell_run("u2", "usual", hours_ago=6),
        tell_run("u3", "usual", hours_ago=3),
    )
    nodes = look(8).nodes
    assert [moment.name for moment in nodes.silent.first] == ["silent"]
    assert [moment.name for moment in nodes.back.first] == ["back"]
    assert {moment.name for moment in nodes.first_seen.first} == {"silent", "new"}
    assert nodes.matching == 4


def test_a_gap_within_the_window_is_a_silence_that_ended() -> None:
    keep(tell_run("1", "web-1", hours_ago=30), tell_run("2", "web-1", hours_ago=20), tell_run("3", "web-1"))
    (moment,) = look(24).nodes.back.first[-1:]
    assert (moment.at, moment.before) == (NOW - timedelta(hours=1), NOW - timedelta(hours=20))


def test_a_rebuilt_machine_is_told_and_the_first_one_is_not() -> None:
    keep(tell_run("old", "web-1", hours_ago=9, machine="m1"), tell_run("new", "web-1", machine="m2"))
    keep(tell_run("only", "web-2", machine="m3"))
    assert [moment.name for moment in look().nodes.rebuilt.first] == ["web-1"]


def test_code_versions_that_moved_are_told_with_where_first_and_on_how_many() -> None:
    for node, hours in (("web-1", 3.0), ("web-2", 2.0)):
        keep(tell_run(f"{node} old", node, hours_ago=9, code_version="v1"))
        keep(tell_run(f"{node} new", node, hours_ago=hours, code_version="v2"))
    keep(tell_run("calm", "web-3", hours_ago=9, code_version="v1"), tell_run("calm 2", "web-3", code_version="v1"))
    (moved,) = look().versions.first
    assert (moved.before, moved.version, moved.node, moved.nodes, moved.is_new) == ("v1", "v2", "web-1", 2, True)
    assert (moved.environment, moved.tool) == ("production", "generic")


def test_a_version_that_some_node_had_before_is_not_new_and_a_compile_time_is_none() -> None:
    keep(tell_run("canary", "web-1", hours_ago=9, code_version="v2"), tell_run("again", "web-1", code_version="v2"))
    keep(tell_run("old", "web-2", hours_ago=9, code_version="v1"), tell_run("new", "web-2", code_version="v2"))
    keep(tell_run("t1", "web-3", hours_ago=9, code_version="1795830148"))
    keep(tell_run("t2", "web-3", code_version="1795860005"))
    (moved,) = look().versions.first
    assert (moved.version, moved.node, moved.nodes, moved.is_new) == ("v2", "web-2", 2, False)


def test_runs_that_failed_as_a_whole_are_told_by_message() -> None:
    failed = {"outcome": Outcome.FAILED}
    keep(tell_run("known", "web-1", hours_ago=9, message="timeout after 30 s", **failed))
    keep(
        tell_run("a", "web-1", message="timeout after 31 s", **failed),
        tell_run("b", "web-2", message="timeout after 99 s", **failed),
        tell_run("c", "web-3", message="syntax error", **failed),
    )
    found = look().failures
    assert [(one.nodes, one.is_new) for one in found.first] == [(2, False), (1, True)]
    assert found.count == 2


def test_facts_and_packages_that_changed_alike_are_one_line() -> None:
    def told(node: str, hours_ago: float, version: str) -> Inventory:
        return Inventory("generic", node, NOW - timedelta(hours=hours_ago), packages={"openssl": version})

    for hours_ago, version in ((9.0, "3.0.1"), (1.0, "3.0.2")):
        keep(
            *(tell_run(f"{node} {version}", node, hours_ago=hours_ago) for node in ("web-1", "web-2")),
            inventories=(told("web-1", hours_ago, version), told("web-2", hours_ago - 0.1, version)),
        )
    (moved,) = look().inventory.first
    assert (moved.is_package, moved.name, moved.old, moved.new) == (True, "openssl", "3.0.1", "3.0.2")
    assert (moved.nodes, moved.node) == (2, "web-1")


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (NOW, NOW, "until: has to be later than since"),
        (NOW - timedelta(days=15), NOW, "14 days long at most"),
    ],
)
def test_a_window_that_is_none_or_too_long_is_refused(since: datetime, until: datetime, sentence: str) -> None:
    with pytest.raises(BadQuestion, match=sentence):
        find_incident(IncidentQuestion(since, until), NOW)


def test_the_answer_says_what_the_newest_report_in_it_is() -> None:
    keep(tell_run("a", "web-1", hours_ago=2), tell_run("b", "web-2", hours_ago=1))
    assert look().nodes.cut_off == NOW - timedelta(hours=1) + timedelta(seconds=5)
    assert look().question.since == NOW - timedelta(hours=WINDOW)
