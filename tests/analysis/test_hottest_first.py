"""Hottest first is the order of an index: nothing is sorted, and no more is read than a page shows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.analysis.hotspots import HotspotFilter
from reports.analysis.hottest import list_hottest
from reports.analysis.ranking import SUBJECTS, By, Order, narrow, rank_hotspots
from reports.analysis.window import last_days
from reports.search.language import parse
from tests.analysis.conftest import NOW, heat_of

pytestmark = pytest.mark.django_db
WEEK = HotspotFilter(last_days(7, NOW))
OF_ONE = HotspotFilter(last_days(7, NOW), environment="environment1")


def of(by: By, text: str) -> HotspotFilter:
    """What a query means that asks the database nothing first."""
    return narrow(WEEK, by, parse(text, SUBJECTS[by]), NOW)


NODES = """
INSERT INTO node_state (
    node_id, site, name, environment, tools, is_clock_wrong, first_seen_at, last_received_at, heat, last_correction_at
)
SELECT
    number, 'main', 'node' || number, 'environment' || number %% 3, '{one}', false, %(now)s, %(now)s,
    %(heat)s + number / 1000.0, %(now)s
FROM
    generate_series(1, 5000) AS number
"""
RESOURCES = """
INSERT INTO resource (id, type, title) SELECT number, 'File', '/' || number FROM generate_series(1, 5000) AS number
"""
STATES = """
INSERT INTO resource_state (resource_id, corrections, heat, last_correction_at)
SELECT number, 1, %(heat)s + number / 1000.0, %(now)s FROM generate_series(1, 5000) AS number
"""
ENVIRONMENTS = """
INSERT INTO resource_environment (resource_id, environment, corrections, heat, last_correction_at)
SELECT resource_id, 'environment' || resource_id %% 3, 1, heat, %(now)s FROM resource_state
"""
RISKS = """
INSERT INTO node_risk (node_id, probability, reasons, foretold_at)
SELECT node_id, node_id / 5000.0, '{}', %(now)s FROM node_state
"""


@pytest.fixture(autouse=True)
def large_fleet() -> None:
    """Five thousand hot nodes and resources, and a planner that knows."""
    with connection.cursor() as cursor:
        for statement in (NODES, RESOURCES, STATES, ENVIRONMENTS, RISKS):
            cursor.execute(statement, {"now": NOW, "heat": heat_of(1)})
        cursor.execute("ANALYZE node_state, resource, resource_state, resource_environment, node_risk")


@pytest.mark.parametrize(
    ("by", "order", "wanted", "index"),
    [
        (By.NODE, Order.HEAT, WEEK, "node_state_hottest"),
        (By.NODE, Order.HEAT, OF_ONE, "node_state_hottest_of"),
        (By.NODE, Order.RISK, WEEK, "node_risk_probability"),
        (By.RESOURCE, Order.HEAT, WEEK, "resource_state_hottest"),
        (By.RESOURCE, Order.HEAT, OF_ONE, "resource_environment_hottest"),
        (By.NODE, Order.HEAT, of(By.NODE, "node -env:environment1 seen:<9d"), "node_state_hottest"),
        (By.NODE, Order.RISK, of(By.NODE, "-env:environment1"), "node_risk_probability"),
        (By.RESOURCE, Order.HEAT, of(By.RESOURCE, "type:File"), "resource_state_hottest"),
    ],
)
def test_every_page_of_a_ranking_is_a_stretch_of_one_index(
    by: By, order: Order, wanted: HotspotFilter, index: str
) -> None:
    first = rank_hotspots(by, wanted, order=order, now=NOW)
    second = rank_hotspots(by, wanted, order=order, now=NOW, cursor=first.next)
    for cursor in (None, first.next, second.previous):
        with CaptureQueriesContext(connection) as asked:
            found = rank_hotspots(by, wanted, order=order, now=NOW, cursor=cursor)
        plan = explain(asked.captured_queries[0]["sql"])
        assert len(found.rows) == 50
        assert f"using {index} on" in plan
        assert "Seq Scan" not in plan


def test_the_hottest_of_the_overview_are_the_first_of_an_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert len(list_hottest(NOW)) == 10
    plan = explain(asked.captured_queries[0]["sql"])
    assert "using node_state_hottest on" in plan
    assert "Sort" not in plan


def explain(statement: str) -> str:
    """How PostgreSQL goes about it."""
    with connection.cursor() as database:
        database.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in database.fetchall())
