"""The causes that are told of a simulated fleet, from its reports through the whole path, against the hidden truth."""

from __future__ import annotations

import pytest

from bench.fleet.loading import load_nodes
from bench.fleet.plan import Plan
from bench.fleet.scoring import Scored, score
from reports.run import Cause

PLAN = Plan(seed=1, nodes=80, days=12)
AT_LEAST = 0.95
DECIDABLE = ("puppet", "chef")  # their reports say what was found, or whether it was expected
SELDOM_DECIDABLE = ("salt",)  # with few nodes to compare with, what others did decides seldom


@pytest.fixture
def scored(transactional_db: None) -> dict[str, Scored]:
    load_nodes(PLAN, range(PLAN.nodes))
    return score(PLAN)


def test_causes_of_a_simulated_fleet_are_told_truly(scored: dict[str, Scored]) -> None:
    for tool in DECIDABLE:
        told = scored[tool]
        assert told.precision(Cause.CORRECTIVE) >= AT_LEAST, (tool, told.examples)
        assert told.recall(Cause.CORRECTIVE) >= AT_LEAST, (tool, told.examples)
    for tool in SELDOM_DECIDABLE:
        assert scored[tool].recall(Cause.CORRECTIVE) >= 0.9, (tool, scored[tool].examples)
    for tool, told in scored.items():
        assert told.certain_precision(Cause.CORRECTIVE) >= AT_LEAST, (tool, told.examples)
        assert told.certain_precision(Cause.INTENDED) >= AT_LEAST, (tool, told.examples)
