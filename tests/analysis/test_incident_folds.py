"""A span of time of many nodes, and failures that say nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.incident_changes import list_incident_changes
from reports.analysis.incident_failures import list_incident_failures
from reports.analysis.incident_inventory import list_incident_inventory
from reports.analysis.incident_nodes import list_incident_nodes
from reports.analysis.incident_question import FEW_NODES, IncidentQuestion, Span
from reports.analysis.incident_runs import count_incident_runs
from reports.analysis.incident_versions import list_incident_versions
from reports.run import Change, ResourceOutcome, Status
from reports.store.ids import node_id
from tests.analysis.test_incident import WINDOW, changed, fail_at, look, set_to
from tests.api.conftest import NOW, keep

pytestmark = pytest.mark.django_db


def test_many_nodes_are_answered_for_as_few_are() -> None:
    keep(
        changed("a", "web-1", set_to("motd", "x"), hours_ago=2, code_version="7"),
        changed("b", "web-2", fail_at("nginx", "no"), message="no"),
        changed("other", "web-3", set_to("motd", "x"), code_version="7"),
    )
    question = IncidentQuestion(NOW - timedelta(hours=WINDOW), NOW)
    of_two = tuple(node_id("main", name) for name in ("web-1", "web-2"))
    few, many = (Span(question.since, NOW, ids) for ids in (of_two, (*of_two, *range(FEW_NODES))))
    assert few.asked["node_ids"]
    assert many.asked["many_ids"]
    told = [
        (
            count_incident_runs(span),
            list_incident_nodes(span, NOW),
            list_incident_changes(question, span, cursor=None, limit=10),
            list_incident_failures(span),
            list_incident_versions(span),
            list_incident_inventory(span),
        )
        for span in (few, many)
    ]
    assert told[0] == told[1]
    assert (told[0][0].runs, told[0][1].matching, told[0][2].lines) == (2, 2, 2)


def test_a_failure_without_a_message_is_not_one_whose_message_is_all_digits() -> None:
    quiet = ResourceOutcome("Service", "nginx", Status.FAILED, (Change(None, None, None, Status.FAILED),))
    keep(changed("a", "web-1", quiet, hours_ago=2), changed("b", "web-2", fail_at("nginx", "127")))
    assert [one.nodes for one in look().changes.page.rows] == [1, 1]
