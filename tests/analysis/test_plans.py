"""The questions that must cost the same in a large fleet find an index to answer them by."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.analysis.changes import ChangeFilter, ChangeOrder, list_changes
from reports.analysis.choices import list_choices
from reports.analysis.completion import complete
from reports.analysis.failures import list_failures
from reports.analysis.fleet_events import list_fleet_events
from reports.analysis.found import search_all
from reports.analysis.hotspots import HotspotFilter
from reports.analysis.hottest import list_hottest, list_hottest_resources
from reports.analysis.incident import find_incident
from reports.analysis.incident_question import IncidentQuestion, Only
from reports.analysis.new_hotspots import list_new_nodes, list_new_resources
from reports.analysis.node import find_node
from reports.analysis.node_order import NodeOrder
from reports.analysis.nodes import NodeFilter, list_nodes
from reports.analysis.ranking import By, Order, rank_hotspots
from reports.analysis.repeaters import list_repeaters
from reports.analysis.resource_story import ResourceQuestion, find_resource_story
from reports.analysis.resources import ResourceFilter, list_resources
from reports.analysis.run import find_run
from reports.analysis.runs import RunFilter, RunOrder, list_runs
from reports.analysis.same_resource import ask_same_resource
from reports.analysis.timeline import find_timeline
from reports.analysis.together import answer
from reports.analysis.value_history import ask_value_history
from reports.analysis.window import chosen_days, last_days, last_hours
from reports.errors import NothingFound
from reports.run import Outcome
from reports.search.language import parse
from reports.search.on_resources import condition_on_resources
from reports.search.subjects import CHANGES, NODES, RESOURCES, RUNS
from reports.store.ids import node_id, resource_id
from reports.store.tables import Resource
from tests.analysis.conftest import NOW, heat_of, make_day, make_node, make_run

pytestmark = pytest.mark.django_db


WEB = node_id("main", "web-1")
MOTD = resource_id("File", "/etc/motd")


WEEK, OF_ONE = HotspotFilter(last_days(7, NOW)), HotspotFilter(last_days(7, NOW), environment="production")
PAST = chosen_days(NOW - timedelta(days=20), NOW - timedelta(days=10), NOW)


def find_unknown_run() -> None:
    with pytest.raises(NothingFound):
        find_run(uuid4())


def nodes_by(text: str) -> Callable[[], object]:
    return lambda: list_nodes(NodeFilter(q=parse(text, NODES)), NOW)


def runs_by(text: str) -> Callable[[], object]:
    return lambda: list_runs(RunFilter(q=parse(text, RUNS)), NOW)


def changes_by(text: str) -> Callable[[], object]:
    return lambda: list_changes(ChangeFilter(q=parse(text, CHANGES)), NOW)


def resources_by(text: str) -> Callable[[], object]:
    return lambda: list(Resource.objects.filter(condition_on_resources(parse(text, RESOURCES), NOW))[:9])


SEARCHES = {
    **{f"nodes by {text}": nodes_by(text) for text in ("web", "name:web-1", "env:production", "status:failed")},
    **{f"nodes by {text}": nodes_by(text) for text in ("corrections:>3", "corrections:0", "heat:>1", "risk:>50")},
    **{f"nodes by {text}": nodes_by(text) for text in ("changed:<7d", "changed:>7d", "muted:yes", "pattern:repeater")},
    **{
        f"nodes by {text}": nodes_by(text)
        for text in ('resource:"File[/etc/*]"', "resource:motd", 'corrected:"F*[/e*]"')
    },
    **{f"runs by {text}": runs_by(text) for text in ("web", "node:web-1", "outcome:failed", "took:>1s", "site:main")},
    **{f"runs by {text}": runs_by(text) for text in ('resource:"File[/etc/*]"', "at:<1d", "corrections:>3")},
    **{f"changes by {text}": changes_by(text) for text in ("web", "resource:motd", "type:File", "cause:corrective")},
    **{f"resources by {text}": resources_by(text) for text in ("motd", "/etc/*", "type:File", '"F*[/etc/m*]"')},
    **{f"resources by {text}": resources_by(text) for text in ("env:production", "corrections:>3", "heat:>1")},
    **{f"resources by {text}": resources_by(text) for text in ("pattern:repeater", "node:web-1", "changed:<7d")},
}


def incident(**asked: Any) -> Callable[[], object]:  # noqa: ANN401 - any part of the question
    return lambda: find_incident(IncidentQuestion(NOW - timedelta(hours=4), NOW, **asked), NOW)


INCIDENTS = {
    "an incident window": incident(),
    "an incident window of a node": incident(nodes=("web-1",)),
    "an incident window of a query": incident(query=parse("env:production", NODES)),
    "what is new in an incident window": incident(only=frozenset({Only.NEW})),
}

QUESTIONS: dict[str, Callable[[], object]] = {
    **SEARCHES,
    **INCIDENTS,
    "a search over everything": lambda: search_all("web-1", NOW),
    "completion of a name": lambda: complete("we", 2, "all"),
    "completion of a resource": lambda: complete('resource:"File[/etc', 19, "nodes"),
    "completion of a title": lambda: complete("title:/etc", 10, "resources"),
    "runs": lambda: list_runs(RunFilter(), NOW),
    "runs of a node": lambda: list_runs(RunFilter(node="web-1"), NOW),
    "failed runs": lambda: list_runs(RunFilter(outcomes=frozenset({Outcome.FAILED})), NOW),
    "failures": lambda: list_failures(NOW),
    "a run by its id": find_unknown_run,
    "changes": lambda: list_changes(ChangeFilter(), NOW),
    "changes of a node": lambda: list_changes(ChangeFilter(node="web-1"), NOW),
    "changes of a resource": lambda: list_changes(ChangeFilter(resource="File[/etc/motd]"), NOW),
    "hottest": lambda: list_hottest(NOW),
    "hottest of all resources": lambda: list_hottest_resources(NOW),
    "nodes": lambda: list_nodes(NodeFilter(), NOW),
    **{f"nodes by {order}": functools.partial(list_nodes, NodeFilter(), NOW, order=order) for order in NodeOrder},
    "oldest runs": lambda: list_runs(RunFilter(), NOW, order=RunOrder.OLDEST),
    "oldest changes": lambda: list_changes(ChangeFilter(), NOW, order=ChangeOrder.OLDEST),
    "hottest nodes": lambda: rank_hotspots(By.NODE, WEEK, now=NOW),
    "hottest nodes of an environment": lambda: rank_hotspots(By.NODE, OF_ONE, now=NOW),
    "nodes by risk": lambda: rank_hotspots(By.NODE, WEEK, order=Order.RISK, now=NOW),
    "hottest resources": lambda: rank_hotspots(By.RESOURCE, WEEK, now=NOW),
    "hottest resources of an environment": lambda: rank_hotspots(By.RESOURCE, OF_ONE, now=NOW),
    "nodes of a week of the past": lambda: rank_hotspots(By.NODE, HotspotFilter(PAST), now=NOW),
    "resources of a week of the past": lambda: rank_hotspots(By.RESOURCE, HotspotFilter(PAST), now=NOW),
    "environments": lambda: rank_hotspots(By.ENVIRONMENT, WEEK, now=NOW),
    "nodes of the last hours": lambda: rank_hotspots(By.NODE, HotspotFilter(last_hours(24, NOW)), now=NOW),
    "resources of the last hours": lambda: rank_hotspots(By.RESOURCE, HotspotFilter(last_hours(24, NOW)), now=NOW),
    "new nodes": lambda: list_new_nodes(NOW),
    "new resources": lambda: list_new_resources(NOW),
    "repeaters": lambda: list_repeaters(NOW),
    "fleet events": lambda: list_fleet_events(WEEK.window),
    "choices": list_choices,
    "a node": lambda: find_node("web-1", NOW, site="main"),
    "a node's timeline": lambda: find_timeline(WEB, since=NOW - timedelta(days=30), until=NOW),
    "values over time": lambda: answer(ask_value_history(WEB, MOTD)),
    "the same resource elsewhere": lambda: answer(ask_same_resource(MOTD, except_node=WEB, environment="production")),
    "resources": lambda: list_resources(ResourceFilter(), NOW),
    "resources of an environment": lambda: list_resources(ResourceFilter(environment="production"), NOW),
    "a resource": lambda: find_resource_story(ResourceQuestion(MOTD), NOW),
    "a resource in one environment": lambda: find_resource_story(ResourceQuestion(MOTD, environment="production"), NOW),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_reads_no_large_table_from_end_to_end(question: str) -> None:
    key = make_node("web-1", heat=heat_of(1))
    make_day(key)
    Resource.objects.create(id=MOTD, type="File", title="/etc/motd")
    for number in range(3):
        make_run(key, f"run {number}", minutes_ago=number + 1, outcome=Outcome.FAILED)
    with CaptureQueriesContext(connection) as asked:
        QUESTIONS[question]()
    assert asked.captured_queries
    for query in asked.captured_queries:
        plan = explain(query["sql"])
        # A part of a name is looked for among all names, and who fell silent among all states: one narrow row a node,
        # however long its history.
        large = plan.replace("Seq Scan on node ", "").replace("Seq Scan on node_state ", "")
        assert "Seq Scan" not in (large if question in INCIDENTS else plan.replace("Seq Scan on node ", "")), plan


def explain(statement: str) -> str:
    """The plan where reading a whole table is the last resort: a few rows are otherwise read fastest like that."""
    with connection.cursor() as database:
        database.execute("SET LOCAL enable_seqscan = off")
        database.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in database.fetchall())
