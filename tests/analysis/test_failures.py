"""What fails at present, grouped by what failed; told by node_state, which the recount fills."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.analysis.failures import list_failures
from reports.analysis.status import NodeStatus
from reports.rollups.tables import NodeState
from reports.run import Outcome, ResourceOutcome, Status
from reports.store.ids import resource_id
from tests.api.conftest import NOW, keep, tell_change, tell_run

pytestmark = pytest.mark.django_db
DISK, NGINX = (tell_change(title, kind="Service", status=Status.FAILED) for title in ("disk", "nginx"))


def fail(node: str, *resources: ResourceOutcome, hours_ago: float = 1, **more: Any) -> None:  # noqa: ANN401
    keep(tell_run(node, node, hours_ago=hours_ago, outcome=Outcome.FAILED, resources=resources, **more))


def test_nodes_that_fail_alike_are_one_line_and_the_most_widespread_comes_first() -> None:
    for number in range(3):
        fail(f"web-{number}", NGINX, hours_ago=1 + number / 10)
    fail("db", DISK, hours_ago=0.5)
    first, second = list_failures(NOW).failures
    assert (first.nodes, first.node, first.resource) == (3, "web-0", "Service[nginx]")
    assert first.key == resource_id("Service", "nginx")
    assert (second.nodes, second.node, second.resource) == (1, "db", "Service[disk]")


def test_what_the_tool_says_of_the_run_is_the_same_whatever_the_node_and_its_numbers() -> None:
    fail("web-1", message="no catalog for web-1: line 12, took 3.5 s")
    fail("web-2", message="no catalog for web-2: line 12, took 4 s", hours_ago=2)
    fail("web-3", message="the disk is full", hours_ago=3)
    first, second = list_failures(NOW).failures
    assert (first.nodes, first.resource) == (2, None)
    assert first.message == "no catalog for web-1: line 12, took 3.5 s"
    assert second.message == "the disk is full"


def test_the_first_resource_is_to_blame_unless_the_tool_stopped_at_the_last() -> None:
    fail("went on", DISK, NGINX)
    fail("stopped", DISK, NGINX, message="nginx had an error")
    assert {failure.node: failure.resource for failure in list_failures(NOW).failures} == {
        "went on": "Service[disk]",
        "stopped": "Service[nginx]",
    }


def test_nobody_said_is_a_line_too_and_a_stale_catalog_another() -> None:
    fail("mute")
    keep(tell_run("stale", "stale", outcome=Outcome.STALE_CATALOG, message="does not compile"))
    found = {failure.node: (failure.status, failure.message) for failure in list_failures(NOW).failures}
    assert found == {"mute": (NodeStatus.FAILED, None), "stale": (NodeStatus.STALE_CATALOG, "does not compile")}


def test_a_node_that_recovers_or_goes_silent_no_longer_fails() -> None:
    fail("web-1", NGINX, hours_ago=2)
    fail("gone", NGINX, hours_ago=2)
    keep(tell_run("well", "web-1"))
    assert [failure.node for failure in list_failures(NOW).failures] == ["gone"]
    assert NodeState.objects.get(name="web-1").failure is None
    assert list_failures(NOW + timedelta(days=1)).failures == ()


def test_in_a_mass_outage_the_rare_failures_stay_in_sight_and_what_is_left_out_is_counted() -> None:
    NodeState.objects.bulk_create(
        NodeState(
            node_id=number,
            site="main",
            name=f"n{number}",
            tools=["one"],
            status=Outcome.FAILED,
            failure=7 if number < 800 else number,
            first_seen_at=NOW,
            last_received_at=NOW,
            last_run_at=NOW - timedelta(seconds=number),
        )
        for number in range(815)
    )
    with CaptureQueriesContext(connection) as asked:
        found = list_failures(NOW, limit=10)
    assert len(asked) == 1
    assert [failure.nodes for failure in found.failures] == [800, *[1] * 9]
    assert (found.kinds_left_out, found.nodes_left_out) == (6, 6)


def test_what_has_not_been_counted_yet_since_an_upgrade_is_a_line_without_a_key() -> None:
    fail("old", NGINX)
    NodeState.objects.update(failure=None)
    (failure,) = list_failures(NOW).failures
    assert (failure.key, failure.resource) == (None, None)
