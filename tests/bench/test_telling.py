"""A simulated fleet in wire format: the adapters understand all of it, and it is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest

from bench.fleet.cast import cast
from bench.fleet.hidden import hidden_days_of
from bench.fleet.oddities import tell_oddities
from bench.fleet.plan import Plan
from bench.fleet.play import play
from bench.fleet.telling import tell_played
from bench.fleet.whole import tell_fleet
from bench.fleet.wire.told import Told, Truth
from reports.adapters.contract import Reading
from reports.adapters.discovery import doors
from reports.run import Cause, Change, Outcome, Run, Status

PLAN = Plan(seed=5, nodes=60, days=12)
TOOLS = {"puppet", "chef", "salt"}
ODD = ("nasty", "clock-ahead", "clock-behind", "hasty", "everything")


def _read(told: Told) -> Reading:
    adapter, _ = doors()[told.report.door]
    return adapter.read(told.report)


@pytest.fixture(scope="module")
def fleet() -> list[tuple[Told, Reading]]:
    return [(told, _read(told)) for told in tell_fleet(PLAN)]


def _changes(fleet: list[tuple[Told, Reading]]) -> Iterator[tuple[Run, Truth, Change]]:
    for told, reading in fleet:
        truths = {(truth.type, truth.title): truth for truth in told.truths}
        for run in reading.runs:
            for outcome in run.resources:
                for change in outcome.changes:
                    yield run, truths[outcome.type, outcome.title], change


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = Plan(seed=2, nodes=8, days=5)
    assert [told.report for told in tell_fleet(plan)] == [told.report for told in tell_fleet(plan)]


def test_every_report_is_understood_completely(fleet: list[tuple[Told, Reading]]) -> None:
    assert all(reading.runs or reading.inventories for _, reading in fleet)
    assert [reading.refusals for _, reading in fleet if reading.refusals] == []
    assert {run.tool for _, reading in fleet for run in reading.runs} == TOOLS


def test_what_is_read_is_what_truly_happened(fleet: list[tuple[Told, Reading]]) -> None:
    wrong = [
        told
        for told, reading in fleet
        if reading.runs
        and {(one.type, one.title, one.status) for run in reading.runs for one in run.resources}
        != {(truth.type, truth.title, truth.status) for truth in told.truths}
    ]
    assert wrong == []


def test_every_kind_of_outcome_occurs(fleet: list[tuple[Told, Reading]]) -> None:
    seen = {run.outcome for _, reading in fleet for run in reading.runs}
    assert seen >= {Outcome.UNCHANGED, Outcome.PENDING, Outcome.CHANGED, Outcome.CORRECTED, Outcome.FAILED}


def test_code_that_does_not_compile_leaves_some_nodes_on_the_code_before() -> None:
    plan = Plan(seed=1, nodes=300, days=20)
    stale = [played for node in cast(plan) for played in play(plan, node) if played.is_stale]
    runs = [run for played in stale for told in tell_played(plan, played) for run in _read(told).runs]
    assert {run.outcome for run in runs} == {Outcome.STALE_CATALOG}


def test_every_true_cause_occurs_with_every_tool(fleet: list[tuple[Told, Reading]]) -> None:
    causes = {Cause.CORRECTIVE, Cause.INTENDED, Cause.FIRST_BUILD, Cause.REPEATED, Cause.TRIGGERED}
    seen = {(run.tool, truth.cause) for run, truth, _ in _changes(fleet)}
    assert seen == {(tool, cause) for tool in TOOLS for cause in causes}


def test_an_agent_that_remembers_calls_corrective_what_truly_is(fleet: list[tuple[Told, Reading]]) -> None:
    """But for commands, which such an agent always calls so."""
    said = Counter(
        (change.corrective, truth.cause)
        for _, truth, change in _changes(fleet)
        if change.corrective is not None and truth.cause is not Cause.REPEATED
    )
    assert said[True, Cause.CORRECTIVE] > 50
    assert {cause for (word, cause) in said if word} == {Cause.CORRECTIVE}
    assert said[False, Cause.CORRECTIVE] == 0


def test_a_rebuilt_node_is_another_machine_and_is_built_anew() -> None:
    plan = Plan(seed=1, nodes=400, days=20)
    plays = chain.from_iterable(play(plan, node) for node in cast(plan) if node.rebuilt_at)
    rebuilt = [played for played in plays if played.life == 1 and played.is_first_of_life]
    assert rebuilt
    assert {act.cause for played in rebuilt for act in played.acts} <= {Cause.FIRST_BUILD, Cause.REPEATED}


def test_the_bare_days_count_what_the_reports_tell(fleet: list[tuple[Told, Reading]]) -> None:
    """Of the nodes that have one tool alone, and of a tool that tells every run."""
    kept = {node.name for node in cast(PLAN) if node.tools == ("chef",)}
    told_days: Counter[tuple[str, date]] = Counter()
    for told, reading in fleet:
        for run in reading.runs:
            if run.node in kept:
                told_days[run.node, run.started_at.date()] += sum(map(_is_correction, told.truths))
    bare = {(day.node, day.day): day.corrections for day in hidden_days_of(PLAN) if day.node in kept}
    assert sum(bare.values()) > 10
    assert told_days == bare


def _is_correction(truth: Truth) -> bool:
    return truth.cause is Cause.CORRECTIVE and truth.status is Status.SUCCESS


def test_odd_nodes_are_understood_completely_too() -> None:
    runs: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for told in tell_oddities(Plan(nodes=0, days=3)):
        reading = _read(told)
        assert reading.refusals == ()
        for run in reading.runs:
            name = run.node.partition(".")[0]
            runs[name] += 1
            most[name] = max(most[name], len(run.resources))
    assert runs.keys() == {f"{what}-{tool}" for what in ODD for tool in TOOLS}
    assert all(runs[f"hasty-{tool}"] > 1200 and most[f"everything-{tool}"] == 5000 for tool in TOOLS)
