"""Questions that are asked together are answered as they are alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from reports.analysis.choices import ASK_CHOICES, list_choices
from reports.analysis.failures import ask_failures, list_failures
from reports.analysis.fleet_events import ask_fleet_events, list_fleet_events
from reports.analysis.hottest import ask_hottest, ask_hottest_resources, list_hottest, list_hottest_resources
from reports.analysis.new_hotspots import ask_new_nodes, ask_new_resources, list_new_nodes, list_new_resources
from reports.analysis.repeaters import ask_repeaters, list_repeaters
from reports.analysis.together import Asked, Row, answer, answer_together
from reports.analysis.window import last_days
from reports.rollups.tables import FleetEvent, NodeResource, NodeState
from reports.run import Outcome, Pattern
from reports.store.ids import resource_id
from tests.analysis.conftest import NOW
from tests.analysis.hotspots import keep, tell
from tests.query_budget import count_queries

pytestmark = pytest.mark.django_db
HARMFUL = "'; DROP TABLE node_state; -- %s %(word)s %% \\ \" \N{PILE OF POO}\u2028"
MOMENT = datetime(2026, 11, 1, 2, 3, 4, 567, UTC)


def told(rows: list[Row]) -> list[Row]:
    return rows


NUMBERS = Asked("SELECT * FROM generate_series(3, %(most)s, -1) AS number -- and a comment", {"most": 1}, told)
WORD = Asked("SELECT %(word)s::text || '%%' AS word, 2::float / 3 AS part", {"word": HARMFUL}, told)
NOTHING = Asked("SELECT 1 AS one WHERE false", {}, told)
TIMES = Asked(
    "SELECT %(at)s::timestamptz AS at, NULL::timestamptz AS never, 9223372036854775807 AS big, ARRAY['a'] AS texts",
    {"at": MOMENT},
    told,
    {0: datetime.fromisoformat, 1: datetime.fromisoformat},
)


def test_each_is_answered_in_its_place_by_one_question_to_the_database() -> None:
    with count_queries(1):
        found = answer_together(NUMBERS, WORD, NOTHING, TIMES)
    assert found == tuple(map(answer, (NUMBERS, WORD, NOTHING, TIMES)))
    numbers, word, nothing, times = found
    assert numbers == [(3,), (2,), (1,)]
    assert word[0][0] == f"{HARMFUL}%"
    assert nothing == []
    assert times == [(MOMENT, None, 2**63 - 1, ["a"])]
    assert "node_state" in connection.introspection.table_names()


def test_one_that_fails_fails_them_all_and_leaves_the_connection_well() -> None:
    wrong = Asked("SELECT * FROM no_such_table", {}, told)
    with pytest.raises(ProgrammingError), transaction.atomic():
        answer_together(NUMBERS, wrong)
    assert answer(NUMBERS)


def test_what_pages_ask_together_they_would_be_told_alone() -> None:
    hasty = '<b>a</b> "\\ \N{SNOWMAN}'
    keep(tell(hasty, "/motd"), tell("b", "/motd", "/hosts", hours_ago=3, environment="staging"))
    motd = resource_id("File", "/motd")
    NodeResource.objects.filter(resource_id=motd).update(pattern=Pattern.REPEATER, evidence="in 47 of 48 runs")
    NodeState.objects.filter(name=hasty).update(status=Outcome.FAILED, failure=motd)
    began = NOW - timedelta(hours=2)
    FleetEvent.objects.create(
        resource_id=motd, environment="", started_at=began, ended_at=NOW, nodes=40, corrections=41
    )
    overview = (ask_failures(NOW), ask_hottest(NOW), ask_hottest_resources(NOW), ask_fleet_events(last_days(7, NOW)))
    alone = (list_failures(NOW), list_hottest(NOW), list_hottest_resources(NOW), list_fleet_events(last_days(7, NOW)))
    assert answer_together(*overview) == alone
    hotspots = (ASK_CHOICES, ask_new_nodes(NOW), ask_repeaters(NOW), ask_new_resources(NOW))
    singly = (list_choices(), list_new_nodes(NOW), list_repeaters(NOW), list_new_resources(NOW))
    assert answer_together(*hotspots) == singly
    assert all((*alone, *singly))
