"""What failed last, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.newest_failures import list_newest_failures
from reports.run import Cause, Outcome, Status
from reports.store.ids import resource_id
from reports.store.tables import Change, Resource, Run, RunDetail
from tests.analysis.conftest import NOW, make_node, make_run

pytestmark = pytest.mark.django_db


def make_change(run: Run, title: str, *, ordinal: int, status: Status, message: str | None = None) -> None:
    key = resource_id("File", title)
    Resource.objects.get_or_create(id=key, defaults={"type": "File", "title": title})
    Change.objects.create(
        node_id=run.node_id,
        at=run.at,
        run_id=run.id,
        ordinal=ordinal,
        resource_id=key,
        status=status,
        cause=Cause.UNKNOWN,
        is_sensitive=False,
        tool="one",
        reason="",
        message=message,
    )


def test_failures_come_newest_first_each_with_the_first_resource_that_failed() -> None:
    web, database = make_node("web-1"), make_node("db-1")
    make_run(web, "clean")
    older = make_run(web, "older", minutes_ago=60, outcome=Outcome.FAILED)
    newer = make_run(database, "newer", minutes_ago=30, outcome=Outcome.FAILED)
    make_change(older, "/skipped", ordinal=0, status=Status.SKIPPED)
    make_change(older, "/first", ordinal=1, status=Status.FAILED, message="no space left")
    make_change(older, "/second", ordinal=2, status=Status.FAILED)
    RunDetail.objects.create(
        node_id=database, at=newer.at, run_id=newer.id, message="no catalog", tool_version=None, logs=[], timings=[]
    )
    first, second = list_newest_failures(NOW)
    assert (first.run.id, first.message, first.first_failed) == (newer.id, "no catalog", None)
    assert second.first_failed is not None
    assert (second.first_failed.resource, second.first_failed.message) == ("File[/first]", "no space left")


def test_a_failure_older_than_the_window_is_not_looked_for() -> None:
    key = make_node("web-1")
    make_run(key, "old", minutes_ago=7 * 24 * 60 + 1, outcome=Outcome.FAILED)
    assert list_newest_failures(NOW) == ()
    assert len(list_newest_failures(NOW - timedelta(minutes=2))) == 1


def test_two_nodes_with_the_same_run_id_keep_their_own_reasons() -> None:
    runs = [make_run(make_node(name), "same id", outcome=Outcome.FAILED) for name in ("a", "b")]
    for run, title in zip(runs, ("/of-a", "/of-b"), strict=True):
        make_change(run, title, ordinal=0, status=Status.FAILED)
    found = {failure.run.node: failure.first_failed for failure in list_newest_failures(NOW)}
    assert {node: change.title for node, change in found.items() if change} == {"a": "/of-a", "b": "/of-b"}


def test_a_node_that_fails_over_and_over_has_one_line_and_hides_nobody() -> None:
    stuck, other = make_node("stuck"), make_node("other")
    runs = [make_run(stuck, f"stuck {number}", minutes_ago=number + 1, outcome=Outcome.FAILED) for number in range(5)]
    make_run(other, "other", minutes_ago=60, outcome=Outcome.FAILED)
    make_change(runs[0], "/newest", ordinal=0, status=Status.FAILED)
    make_change(runs[1], "/before", ordinal=0, status=Status.FAILED)
    first, second = list_newest_failures(NOW, limit=2)
    assert (first.run.node, first.run.id, first.earlier) == ("stuck", runs[0].id, 4)
    assert first.first_failed is not None
    assert first.first_failed.title == "/newest"
    assert (second.run.node, second.earlier) == ("other", 0)
