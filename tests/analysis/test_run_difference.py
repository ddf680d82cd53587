"""A run beside the run before it."""

from __future__ import annotations

from typing import Any

import pytest

from reports.analysis.run import WantedChanges, compare_run, find_run
from reports.analysis.run_difference import RunDifference
from reports.run import Cause, Outcome, Status
from tests.api.conftest import keep, run_id, tell_change, tell_run

pytestmark = pytest.mark.django_db

CHANGED: dict[str, Any] = {"outcome": Outcome.CHANGED, "resources": (tell_change("/etc/motd", corrective=False),)}


def difference(word: str) -> RunDifference:
    found = compare_run(run_id(word)).difference
    assert found is not None
    return found


def test_a_run_is_compared_with_the_last_one_of_its_tool_that_ended() -> None:
    keep(
        tell_run("ended", "web-1", hours_ago=5),
        tell_run("under way", "web-1", hours_ago=4, outcome=None, ended_at=None),
        tell_run("other tool", "web-1", hours_ago=3, tool="other"),
        tell_run("now", "web-1", hours_ago=2),
        tell_run("after", "web-1", hours_ago=1),
    )
    compared = compare_run(run_id("now"))
    assert difference("now").before.id == run_id("ended")
    assert compared.story.previous_id == run_id("under way")
    assert compared.story.next_id == run_id("after")


def test_times_are_compared_with_those_of_the_newest_run_that_kept_some() -> None:
    keep(
        tell_run("changed", "web-1", hours_ago=5, timings=(("apply", 2.0),), tool_version="7.1", **CHANGED),
        tell_run("quiet", "web-1", hours_ago=4, timings=(("apply", 9.0),)),
        tell_run("now", "web-1", hours_ago=3, timings=(("apply", 3.0),), **CHANGED),
    )
    found = difference("now")
    assert found.before.id == run_id("quiet")
    assert found.timings == {"apply": 2.0}
    assert found.tool_version == "7.1"
    assert found.kept_at == compare_run(run_id("changed")).story.run.at


def test_another_machine_is_told_of_where_the_runs_name_theirs() -> None:
    keep(tell_run("old", "web-1", hours_ago=5, machine="m1"), tell_run("new", "web-1", hours_ago=4, machine="m2"))
    keep(tell_run("after", "web-1", hours_ago=3, machine="m2"), tell_run("mute", "web-1", hours_ago=2))
    assert difference("new").is_other_machine
    assert not difference("after").is_other_machine
    assert not difference("mute").is_other_machine


def test_changes_can_be_narrowed_by_cause_and_by_status() -> None:
    resources = (
        tell_change("a", corrective=True),
        tell_change("b", corrective=False),
        tell_change("c", corrective=True, status=Status.FAILED),
    )
    keep(tell_run("mixed", "web-1", outcome=Outcome.FAILED, resources=resources))

    def titles(wanted: WantedChanges) -> list[str]:
        return [change.title for change in find_run(run_id("mixed"), wanted=wanted).changes]

    assert titles(WantedChanges()) == ["a", "b", "c"]
    assert titles(WantedChanges(statuses=frozenset({Status.FAILED}))) == ["c"]
    assert titles(WantedChanges(causes=frozenset({Cause.CORRECTIVE}))) == ["a"], "what failed was not corrected"


def test_a_failed_run_without_words_of_its_own_names_what_failed_first() -> None:
    resources = (tell_change("a"), tell_change("b", status=Status.FAILED), tell_change("c", status=Status.FAILED))
    keep(tell_run("wordless", "web-1", outcome=Outcome.FAILED, resources=resources))
    keep(tell_run("worded", "web-1", hours_ago=2, outcome=Outcome.FAILED, resources=resources, message="no"))
    first = compare_run(run_id("wordless"), wanted=WantedChanges(limit=1)).first_failed
    assert first is not None
    assert first.title == "b"
    assert compare_run(run_id("worded")).first_failed is None
