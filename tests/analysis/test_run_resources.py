"""What became of the resources of a run, against the run before it."""

from __future__ import annotations

from typing import Any

import pytest

from reports.analysis.run import ComparedRun, compare_run
from reports.run import InSync, Outcome, ResourceOutcome, Status
from tests.api.conftest import keep, run_id, tell_change, tell_run

pytestmark = pytest.mark.django_db

NOW, THEN = 1.0, 2.0  # hours ago


def compare(now: Outcome, then: Outcome, **told: object) -> ComparedRun:
    """Two runs of one node: `resources` and `in_sync` of each under `now_…` and `then_…`."""
    for word, outcome, hours in (("then", then, THEN), ("now", now, NOW)):
        more: dict[str, Any] = {
            name.removeprefix(f"{word}_"): value for name, value in told.items() if name.startswith(word)
        }
        keep(tell_run(word, "web-1", hours_ago=hours, outcome=outcome, **more))
    return compare_run(run_id("now"))


def quiet(*titles: str) -> tuple[InSync, ...]:
    return tuple(InSync("File", title) for title in titles)


def failed(title: str) -> ResourceOutcome:
    return tell_change(title, status=Status.FAILED)


def test_what_came_and_went_is_told_where_the_tool_lists_all_it_looked_at() -> None:
    found = compare(
        Outcome.CHANGED, Outcome.UNCHANGED,
        then_in_sync=quiet("a", "b", "c"), now_in_sync=quiet("b"), now_resources=(tell_change("d"),),
    ).resources  # fmt: skip
    assert found.came is not None
    assert found.came.names == ("File[d]",)
    assert found.went is not None
    assert found.went.names == ("File[a]", "File[c]")


def test_nothing_is_said_to_have_gone_where_the_tool_lists_only_changes() -> None:
    found = compare(
        Outcome.CHANGED, Outcome.CHANGED, then_resources=(tell_change("a"),), now_resources=(tell_change("b"),)
    ).resources
    assert found.came is None
    assert found.went is None
    assert found.unchanged is None
    assert found.changed_before.names == ("File[a]",)


def test_a_failure_is_new_once_and_mended_when_the_resource_is_well_again() -> None:
    found = compare(
        Outcome.FAILED, Outcome.FAILED,
        then_resources=(failed("a"), failed("b")), now_resources=(failed("b"), failed("c")), now_in_sync=quiet("a"),
    ).resources  # fmt: skip
    assert found.newly_failed.names == ("File[c]",)
    assert found.mended.names == ("File[a]",)


@pytest.mark.parametrize("resources", [(), (tell_change("a", status=Status.SKIPPED),)], ids=["not reached", "skipped"])
def test_a_failure_is_not_mended_by_a_run_that_did_not_come_to_it(resources: tuple[ResourceOutcome, ...]) -> None:
    found = compare(
        Outcome.FAILED, Outcome.FAILED,
        then_resources=(failed("a"),), now_resources=(failed("b"), *resources), now_in_sync=quiet("c"),
    ).resources  # fmt: skip
    assert found.mended.count == 0


def test_what_changed_in_both_runs_is_told_apart_from_what_changed_only_then() -> None:
    found = compare(
        Outcome.CHANGED, Outcome.CHANGED,
        then_resources=(tell_change("a"), tell_change("b")), now_resources=(tell_change("b"), tell_change("c")),
    ).resources  # fmt: skip
    assert found.changed_again.names == ("File[b]",)
    assert found.changed_before.names == ("File[a]",)


def test_unchanged_resources_are_counted_always_and_named_when_asked_for() -> None:
    counted = compare(
        Outcome.CHANGED, Outcome.UNCHANGED, now_in_sync=quiet("b", "a"), now_resources=(tell_change("c"),)
    ).resources.unchanged
    assert counted is not None
    assert (counted.count, counted.names, counted.unnamed) == (2, (), 2)
    named = compare_run(run_id("now"), names_unchanged=True).resources.unchanged
    assert named is not None
    assert named.names == ("File[a]", "File[b]")


def test_a_long_list_is_cut_and_still_counted() -> None:
    found = compare(
        Outcome.UNCHANGED, Outcome.UNCHANGED,
        then_in_sync=quiet("x"), now_in_sync=quiet("x", *(f"{number:03}" for number in range(150))),
    ).resources.came  # fmt: skip
    assert found is not None
    assert (found.count, len(found.names), found.unnamed) == (150, 100, 50)
    assert found.names[0] == "File[000]"


def test_the_first_run_has_nothing_to_be_compared_with() -> None:
    keep(tell_run("first", "web-1", in_sync=quiet("a")))
    compared = compare_run(run_id("first"))
    assert compared.difference is None
    assert compared.resources.came is None
    assert compared.resources.newly_failed.count == 0
