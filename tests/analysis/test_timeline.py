"""What one node's timeline is made of, from facts in tables."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.resource_nodes import describe_nodes_of_resource
from reports.analysis.same_resource import ask_same_resource
from reports.analysis.timeline import Timeline, find_timeline
from reports.analysis.together import answer
from reports.rollups.tables import NodeResource
from reports.run import Cause, Outcome, Pattern, ResourceOutcome, Status
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NOW, keep, tell_change, tell_run

pytestmark = pytest.mark.django_db

WEB = node_id("main", "web")


def tell(word: str, hours_ago: float, *resources: ResourceOutcome, node: str = "web", at: str = "production") -> None:
    """A run of a node of the environment `at` that did this, saved and counted."""
    outcome = Outcome.CHANGED if resources else Outcome.UNCHANGED
    run = tell_run(word, node, hours_ago=hours_ago, resources=resources, outcome=outcome, environment=at)
    keep(run)


def look(days: float = 30, most_rows: int = 40) -> Timeline:
    return find_timeline(WEB, since=NOW - timedelta(days=days), until=NOW, most_rows=most_rows)


def test_what_was_corrected_most_comes_first_then_what_failed() -> None:
    corrected, failed = tell_change("a", corrective=True), tell_change("b", status=Status.FAILED)
    intended = tell_change("c", corrective=False)
    tell("one", 9, intended, failed, corrected)
    tell("two", 8, intended, corrected)
    tell("three", 7, intended)
    found = look()
    assert [row.resource for row in found.rows] == ["File[a]", "File[b]", "File[c]"]
    assert [(row.corrections, row.failures, row.changes) for row in found.rows] == [(2, 0, 2), (0, 1, 1), (0, 0, 3)]
    marks = [[cell and (cell.status, cell.cause) for cell in row.cells] for row in found.rows]
    assert marks == [
        [(Status.SUCCESS, Cause.CORRECTIVE), (Status.SUCCESS, Cause.CORRECTIVE), None],
        [(Status.FAILED, Cause.UNKNOWN), None, None],
        [(Status.SUCCESS, Cause.INTENDED)] * 3,
    ]


def test_a_cell_shows_the_worst_of_its_changes_and_counts_all() -> None:
    mixed = tell_change("a", corrective=False)
    mixed = mixed._replace(changes=(*mixed.changes, *tell_change("a", corrective=True).changes))
    tell("one", 2, mixed)
    (row,) = look().rows
    assert row.cells[0] is not None
    assert (row.cells[0].cause, row.cells[0].changes, row.cells[0].ordinal) == (Cause.CORRECTIVE, 2, 1)


def test_a_row_brings_its_pattern_and_the_evidence() -> None:
    tell("one", 2, tell_change("a", corrective=True))
    NodeResource.objects.update(pattern=Pattern.REPEATER, evidence="in 46 of 48 runs")
    (row,) = look().rows
    assert (row.pattern, row.evidence) == (Pattern.REPEATER, "in 46 of 48 runs")


def test_what_lies_outside_the_window_or_on_another_node_is_not_told() -> None:
    tell("old", 24 * 8, tell_change("old", corrective=True))
    tell("other", 3, tell_change("other", corrective=True), node="db")
    tell("new", 2, tell_change("new", corrective=True))
    assert [row.resource for row in look(days=7).rows] == ["File[new]"]


def test_rows_beyond_the_most_are_counted() -> None:
    tell("one", 2, *(tell_change(f"r{number}", corrective=number < 2) for number in range(9)))
    found = look(most_rows=3)
    assert (len(found.rows), found.resources) == (3, 9)
    assert {row.resource for row in found.rows[:2]} == {"File[r0]", "File[r1]"}


def test_more_changes_than_are_read_are_owned_up_to() -> None:
    for hours in (9, 6, 3):
        tell(f"{hours}", hours, tell_change("a", corrective=True))
    assert look().marked_since is None
    found = find_timeline(WEB, since=NOW - timedelta(days=30), until=NOW, most_changes=2)
    assert found.marked_since == NOW - timedelta(hours=6)
    assert [cell is not None for cell in found.rows[0].cells] == [False, True, True]


def test_a_node_without_runs_has_an_empty_timeline() -> None:
    found = look()
    assert (found.columns, found.rows, found.resources, found.quiet_after) == ((), (), 0, 0)


def test_every_run_of_a_repeater_is_found_again_in_slices() -> None:
    again = (tell_change("a", corrective=False),)
    runs = (tell_run(f"{n}", "web", hours_ago=n, outcome=Outcome.CHANGED, resources=again) for n in range(1, 101))
    keep(*runs)
    found = look(days=7)
    (row,) = found.rows
    assert found.is_sliced
    assert len(found.columns) <= 62
    assert sum(cell.changes for cell in row.cells if cell) == 100


def test_the_same_resource_is_told_of_the_own_environment_first() -> None:
    drift = tell_change("a", corrective=True)
    tell("web", 3, drift)
    for number in range(3):
        tell(f"hot {number}", 2 + number, drift, node="hot", at="staging")
    tell("near", 1, drift, node="near")
    key = resource_id("File", "a")
    found = answer(ask_same_resource(key, except_node=WEB, environment="production"))
    others = describe_nodes_of_resource(key, found, NOW)
    assert [(other.node, other.corrections_7d) for other in others] == [("near", 1), ("hot", 3)]
    assert others[0].last is not None
    assert (others[0].last.old, others[0].last.new) == ("old <i>", "new\ttext")
