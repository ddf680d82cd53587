"""The briefs made by hand hang together, so that what is tested with them is tested with something real."""

from __future__ import annotations

import pytest

from reports.weekly.brief import LineKind, WeeklyBrief
from tests.weekly.examples import a_large_example, a_quiet_example, an_example, an_incident


@pytest.mark.parametrize(
    "brief", [an_example(), a_quiet_example(), a_large_example(500)], ids=["usual", "quiet", "large"]
)
def test_an_example_hangs_together(brief: WeeklyBrief) -> None:
    assert 1 <= len(brief.lines) <= 10
    assert list(brief.lines) == sorted(brief.lines, key=lambda line: list(LineKind).index(line.kind))
    assert all(not line.part or hasattr(brief, line.part) for line in brief.lines)
    assert all(len(day.runs) == len(brief.outcomes) and sum(day.runs) == day.total for day in brief.days)
    assert all(len(line.trend) == len(brief.heat_days) == 14 for line in brief.nodes.lines)
    assert all(definition.part in WeeklyBrief.__dataclass_fields__ for definition in brief.definitions)
    assert brief.counter("runs").number >= 0


def test_a_large_example_is_as_large_as_is_asked() -> None:
    assert len(a_large_example(500).nodes.lines) == 500


def test_an_incident_says_what_it_leaves_out() -> None:
    assert an_incident(10).changes.left_out == 3
