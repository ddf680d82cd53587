"""A sample told again is another node's run at another time, and else the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.adapters.contract import Report, Retelling
from reports.adapters.salt import ADAPTER
from tests.adapters.salt_results import DIFF, JID, NODE, event, report, state, states

RETELLING = Retelling("web77.example.org", timedelta(days=-10, hours=3, minutes=7), "staging")
RETURNED = states(state(changes={"diff": DIFF}))
TAG = f"salt/job/{JID}/ret/{NODE}"


@pytest.mark.parametrize(
    "told",
    [
        report(event(RETURNED)),
        report({"tag": TAG, "data": event(RETURNED)}),
        report([{"tag": TAG, "data": event(RETURNED)}]),
        report({"local": RETURNED}, node=NODE, environment="production"),
        report({NODE: RETURNED}),
        report({"jid": JID, NODE: RETURNED}),
        report(event(RETURNED, id=None), tag=TAG),
        report(event(["Rendering SLS 'base:app' failed"])),
        report({"local": {}}, node=NODE),
        report(b"", node=NODE),
    ],
)  # fmt: skip
def test_run_is_told_again(told: Report) -> None:
    (before,) = ADAPTER.read(told).runs
    again = ADAPTER.retell(told, RETELLING)
    (after,) = ADAPTER.read(again).runs
    assert (after.node, after.environment) == (RETELLING.node, "staging")
    assert after.started_at - before.started_at == RETELLING.shift
    assert (after.outcome, after.counts, after.resources) == (before.outcome, before.counts, before.resources)
    assert after.run_id != before.run_id
    assert again.received_at - told.received_at == RETELLING.shift


def test_telling_twice_in_the_same_way_is_the_same_report() -> None:
    told = report({"local": RETURNED}, node=NODE)
    assert ADAPTER.retell(told, RETELLING) == ADAPTER.retell(told, RETELLING)


@pytest.mark.parametrize(
    "told", [report(event(RETURNED)), report({"local": RETURNED}, node=NODE), report(b"", node=NODE)]
)
def test_whole_days_apart_are_runs_apart(told: Report) -> None:
    days = (ADAPTER.retell(told, Retelling(NODE, timedelta(days=n))) for n in range(3))
    assert len({ADAPTER.read(report).runs[0].run_id for report in days}) == 3


def test_of_several_nodes_the_first_is_told() -> None:
    several = report([event(RETURNED, id=node) for node in ("a", "b", "c")])
    assert [run.node for run in ADAPTER.read(ADAPTER.retell(several, RETELLING)).runs] == [RETELLING.node]


def test_inventory_is_told_again() -> None:
    again = ADAPTER.retell(report(event({"id": NODE, "os": "Debian"}, fun="grains.items")), RETELLING)
    (found,) = ADAPTER.read(again).inventories
    assert (found.node, found.facts) == (RETELLING.node, {"id": RETELLING.node, "os": "Debian"})


def test_report_without_a_node_only_moves() -> None:
    told = report(event(True, fun="test.ping"))
    again = ADAPTER.retell(told, RETELLING)
    assert again.body == told.body
    assert again.received_at - told.received_at == RETELLING.shift
