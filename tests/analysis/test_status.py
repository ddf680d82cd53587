"""What a node is said to be, and how the fleet is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from reports.analysis.fleet import count_fleet
from reports.analysis.nodes import NodeFilter, list_nodes
from reports.analysis.status import NodeStatus, status_of
from reports.run import Outcome
from tests.analysis.conftest import NOW, make_node

LONG_AGO = NOW - timedelta(hours=5)


@pytest.fixture(autouse=True)
def _silent_after(settings: Settings) -> None:
    settings.FLEETVIEW_SILENT_AFTER = timedelta(hours=4)


@pytest.fixture
def fleet(db: None) -> None:
    """One node of every status, and two silent ones that were clean and failed when last heard of."""
    for outcome in Outcome:
        make_node(outcome.name.lower(), status=outcome)
    make_node("new", status=None)
    make_node("quiet-clean", last_received_at=LONG_AGO)
    make_node("quiet-failed", last_received_at=LONG_AGO, status=Outcome.FAILED)


def test_every_outcome_is_a_status_of_the_same_name_and_in_the_same_order() -> None:
    names = [outcome.name.lower() for outcome in sorted(Outcome, reverse=True)]
    assert [status.value for status in NodeStatus] == [*names, "silent", "unknown"]


def test_a_silent_node_is_shown_as_nothing_else() -> None:
    assert status_of(Outcome.UNCHANGED, LONG_AGO, NOW) is NodeStatus.SILENT
    assert status_of(None, LONG_AGO, NOW) is NodeStatus.SILENT
    assert status_of(None, NOW, NOW) is NodeStatus.UNKNOWN


def test_exactly_at_the_limit_a_node_still_speaks() -> None:
    assert status_of(Outcome.FAILED, NOW - timedelta(hours=4), NOW) is NodeStatus.FAILED


@pytest.mark.usefixtures("fleet")
def test_every_node_counts_once_and_every_status_is_there_worst_first() -> None:
    counted = count_fleet(NOW)
    assert [status for status, _ in counted.by_status] == list(NodeStatus)
    assert dict(counted.by_status) == dict.fromkeys(NodeStatus, 1) | {NodeStatus.SILENT: 2}
    assert counted.total == 9


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("status", NodeStatus)
def test_the_list_behind_a_counter_holds_as_many_nodes_all_of_that_status(status: NodeStatus) -> None:
    listed = list_nodes(NodeFilter(statuses=frozenset({status})), NOW).rows
    assert {node.status for node in listed} == {status}
    assert len(listed) == dict(count_fleet(NOW).by_status)[status]


@pytest.mark.django_db
def test_an_empty_fleet_counts_nought_of_everything() -> None:
    counted = count_fleet(NOW)
    assert counted.total == 0
    assert set(dict(counted.by_status).values()) == {0}
