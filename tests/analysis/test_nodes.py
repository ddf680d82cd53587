"""The list of nodes: its filters, its pages, what each line tells."""

from __future__ import annotations

import pytest

from reports.analysis.nodes import NodeFilter, NodeLine, list_nodes
from reports.analysis.paging import Slice
from reports.rollups.tables import NodeState
from reports.run import Outcome
from reports.store.tables import Run
from tests.analysis.conftest import NOW, heat_of, make_day, make_node, make_run

pytestmark = pytest.mark.django_db


def names(shown: Slice[NodeLine]) -> list[str]:
    return [f"{node.name}@{node.site}" for node in shown.rows]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (NodeFilter(), ["db-1@main", "Web_2@main", "web-1@lab", "web-1@main"]),
        (NodeFilter(search="WEB"), ["Web_2@main", "web-1@lab", "web-1@main"]),
        (NodeFilter(search="_"), ["Web_2@main"]),
        (NodeFilter(site="lab"), ["web-1@lab"]),
        (NodeFilter(environment="staging"), ["db-1@main"]),
        (NodeFilter(tool="two"), ["Web_2@main"]),
        (NodeFilter(environment="staging", tool="two"), []),
    ],
    ids=str,
)
def test_filters_hold_together_and_nothing_in_a_search_is_a_wildcard(wanted: NodeFilter, expected: list[str]) -> None:
    make_node("web-1")
    make_node("web-1", site="lab")
    make_node("Web_2", tools=["one", "two"])
    make_node("db-1", environment="staging")
    assert sorted(names(list_nodes(wanted, NOW))) == sorted(expected)


def test_pages_walk_forth_and_back_over_every_node_once() -> None:
    for number in range(5):
        make_node(f"n{number}", site="a")
        make_node(f"n{number}", site="b")
    first = list_nodes(NodeFilter(), NOW, limit=4)
    second = list_nodes(NodeFilter(), NOW, cursor=first.next, limit=4)
    third = list_nodes(NodeFilter(), NOW, cursor=second.next, limit=4)
    walked = names(first) + names(second) + names(third)
    assert walked == [f"n{number}@{site}" for number in range(5) for site in "ab"]
    assert (first.previous, third.next) == (None, None)
    back = list_nodes(NodeFilter(), NOW, cursor=third.previous, limit=4)
    assert names(back) == names(second)
    assert names(list_nodes(NodeFilter(), NOW, cursor=back.previous, limit=4)) == names(first)


def test_a_line_tells_the_corrections_of_seven_days_and_the_heat_of_now() -> None:
    key = make_node("web-1", heat=heat_of(4))
    make_day(key, corrections=1)
    make_day(key, days_ago=6, corrections=2)
    make_day(key, days_ago=7, corrections=40)
    (line,) = list_nodes(NodeFilter(), NOW).rows
    assert line.corrections_7d == 3
    assert line.heat == pytest.approx(4)
    assert line.risk is None


def test_a_line_counts_as_the_run_did_that_gave_the_status() -> None:
    key = make_node("web-1")
    make_run(key, "older", minutes_ago=90, failed=9)
    last = make_run(key, "last", changed=2, unchanged=1, corrective=1, outcome=Outcome.CORRECTED)
    NodeState.objects.update(last_run_at=last.at, last_run_id=last.id)
    make_node("new", status=None)
    new, web = list_nodes(NodeFilter(), NOW).rows
    assert new.last_counts is None
    assert web.last_counts is not None
    assert (web.last_counts.changed, web.last_counts.corrective, web.last_counts.intended) == (2, 1, 0)


def test_a_run_past_its_retention_leaves_the_line_without_counts() -> None:
    key = make_node("web-1")
    gone = make_run(key, "gone")
    NodeState.objects.update(last_run_at=gone.at, last_run_id=gone.id)
    Run.objects.all().delete()
    (line,) = list_nodes(NodeFilter(), NOW).rows
    assert line.last_counts is None
    assert line.last_run_id == gone.id
