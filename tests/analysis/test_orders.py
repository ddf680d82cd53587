"""The orders of lists: each is walked forth and back over every row once, whatever is NULL or equal in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.analysis.changes import ChangeFilter, ChangeOrder, list_changes
from reports.analysis.node_order import NodeOrder
from reports.analysis.nodes import NodeFilter, NodeLine, list_nodes
from reports.analysis.paging import Slice, walk, write_cursor
from reports.analysis.runs import RunFilter, RunLine, RunOrder, list_runs
from reports.analysis.status import NodeStatus
from reports.errors import BadQuestion
from reports.risk.tables import NodeRisk
from reports.run import Outcome
from tests.analysis.conftest import NOW, heat_of, make_node, make_run

pytestmark = pytest.mark.django_db

ORDERS = {
    NodeOrder.NAME: ["a", "b", "c", "d", "e", "f", "g"],
    NodeOrder.NAME_BACK: ["g", "f", "e", "d", "c", "b", "a"],
    NodeOrder.HEAT: ["c", "b", "d", "a", "e", "f", "g"],
    NodeOrder.STATUS: ["f", "b", "d", "a", "c", "g", "e"],
}


@pytest.fixture(autouse=True)
def nodes() -> None:
    """Two equally hot nodes and four that were never corrected; one silent, one that never finished a run."""
    make_node("a", heat=None)
    make_node("b", heat=heat_of(2), status=Outcome.CORRECTED)
    make_node("c", heat=heat_of(9))
    make_node("d", heat=heat_of(2), status=Outcome.CORRECTED)
    make_node("e", heat=None, status=None)
    make_node("f", heat=None, status=Outcome.FAILED)
    make_node("g", heat=None, status=Outcome.FAILED, last_received_at=NOW - timedelta(days=3))


def foretell(name: str, probability: float) -> None:
    (node,) = list_nodes(NodeFilter(search=name), NOW).rows
    NodeRisk.objects.create(node_id=node.node_id, probability=probability, reasons=[], foretold_at=NOW)


def names(shown: Slice[NodeLine]) -> list[str]:
    return [node.name for node in shown.rows]


def walk_both_ways(order: NodeOrder, limit: int, wanted: NodeFilter | None = None) -> tuple[list[str], list[str]]:
    """The names forth, and back from the last page."""
    wanted = wanted or NodeFilter()
    page = list_nodes(wanted, NOW, order=order, limit=limit)
    forth = names(page)
    while page.next:
        page = list_nodes(wanted, NOW, order=order, limit=limit, cursor=page.next)
        forth += names(page)
    back = names(page)
    while page.previous:
        page = list_nodes(wanted, NOW, order=order, limit=limit, cursor=page.previous)
        back = names(page) + back
    return forth, back


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
@pytest.mark.parametrize("order", ORDERS)
def test_an_order_shows_every_node_once_forth_and_back(order: NodeOrder, limit: int) -> None:
    assert walk_both_ways(order, limit) == (ORDERS[order], ORDERS[order])


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_nodes_by_risk_end_with_those_that_nothing_was_foretold_of(limit: int) -> None:
    for name, probability in (("d", 0.5), ("f", 0.9), ("a", 0.5)):
        foretell(name, probability)
    forth, back = walk_both_ways(NodeOrder.RISK, limit)
    assert forth == back
    assert (forth[0], sorted(forth[1:3]), sorted(forth[3:])) == ("f", ["a", "d"], ["b", "c", "e", "g"])


@pytest.mark.parametrize("order", NodeOrder)
def test_an_order_keeps_to_the_filter(order: NodeOrder) -> None:
    foretell("f", 0.9)
    wanted = NodeFilter(statuses=frozenset({NodeStatus.FAILED, NodeStatus.CORRECTED}))
    forth, back = walk_both_ways(order, 2, wanted)
    assert sorted(forth) == sorted(back) == ["b", "d", "f"]


@pytest.mark.parametrize("key", [(0, None, "b", "main"), (9, None, "b", "main"), (0, "x", "b", "main"), (1, 2.0, "b")])
def test_a_forged_cursor_of_several_parts_is_refused_or_leads_to_a_page(key: tuple[object, ...]) -> None:
    try:
        list_nodes(NodeFilter(), NOW, order=NodeOrder.HEAT, cursor=write_cursor(key))
    except BadQuestion as refused:
        assert str(refused).startswith("cursor: ")


def test_nothing_may_be_missing_in_a_cursor_of_names() -> None:
    with pytest.raises(BadQuestion, match="cursor: "):
        list_nodes(NodeFilter(), NOW, cursor=write_cursor((None, "main")))


def test_runs_and_changes_can_be_read_from_the_oldest_on() -> None:
    key = make_node("h")
    for number in range(5):
        make_run(key, f"run {number}", minutes_ago=number)

    def find(order: RunOrder) -> list[RunLine]:
        pages = walk(lambda cursor: list_runs(RunFilter(), NOW, order=order, cursor=cursor, limit=2))
        return [run for page in pages for run in page]

    assert [run.id for run in find(RunOrder.OLDEST)] == [run.id for run in find(RunOrder.NEWEST)][::-1]
    assert list_changes(ChangeFilter(), NOW, order=ChangeOrder.OLDEST).rows == ()
