"""Counting until nothing is stale, and how a node stands then."""

from __future__ import annotations

from reports.rollups.recount import recount_stale
from reports.rollups.tables import NodeState
from reports.store.tables import StaleDay, StaleHour
from tests.store.telling import NOW


def recount() -> None:
    """Until nothing is stale."""
    while (counted := recount_stale(NOW)).days or counted.hours:
        pass
    assert not StaleDay.objects.exists()
    assert not StaleHour.objects.exists()


def state(node: str = "web1") -> NodeState:
    """How the node stands."""
    return NodeState.objects.get(name=node)
