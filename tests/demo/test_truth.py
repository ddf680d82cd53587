"""What Fleetview makes of the demo's fleet is what the story meant: causes and patterns, for every tool."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest

from reports.demo.fleet import Actor, Plot
from reports.demo.show import all_scenes
from reports.demo.story import Scene
from reports.drift.causes import explain
from reports.drift.explaining import save_and_explain
from reports.drift.stale import explain_stale
from reports.rollups.recount import recount_stale
from reports.rollups.tables import FleetEvent, NodeResource
from reports.run import Cause, Outcome, Pattern, Status
from reports.store.arrived import ArrivedInventory, ArrivedRun
from reports.store.ids import node_id
from reports.store.tables import Change, NodeLife, Run

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 21, 17, tzinfo=UTC)
BATCH = 200

# What a change may be put down to in a run that tells such a story. What was set off by another change, or is there for
# the first time, may be in any of them; not to know is no lie.
ANYWHERE = {Cause.TRIGGERED, Cause.FIRST_BUILD, Cause.UNKNOWN}
MEANT = {
    "corrected": {Cause.CORRECTIVE},
    "changed": {Cause.INTENDED},
    "first_build": set(),
    "repeated": {Cause.REPEATED},
    "tug_of_war": {Cause.CORRECTIVE, Cause.REPEATED},
}
KNOWN_AT_LEAST = {"corrected": 0.9, "changed": 0.75, "first_build": 1.0, "repeated": 0.9, "tug_of_war": 0.9}
PATTERNS = {
    Plot.PERIODIC: {Pattern.PERIODIC},
    Plot.TUG_OF_WAR: {Pattern.TUG_OF_WAR, Pattern.REPEATER},  # where the values are not told, that it never holds
    Plot.REPEATING: {Pattern.REPEATER},
    Plot.FAILING: {Pattern.FAILING},
    Plot.DRIFTING: {Pattern.SPORADIC},
}


@dataclass(frozen=True, slots=True)
class Told:
    """The fleet as it was told, and which scene each run comes from."""

    scenes: list[Scene]
    by_run: dict[UUID, Scene]

    @property
    def actors(self) -> set[Actor]:
        return {scene.actor for scene in self.scenes}


@pytest.fixture
def told() -> Told:
    """All of it saved, explained and counted."""
    scenes = all_scenes(NOW, NOW)
    runs, inventories = [], []
    by_run: dict[UUID, Scene] = {}
    for scene in scenes:
        reading = scene.actor.adapter.read(scene.report())
        runs += [ArrivedRun(run, "main", scene.moment) for run in reading.runs]
        inventories += [ArrivedInventory(inventory, "main", scene.moment) for inventory in reading.inventories]
        by_run |= dict.fromkeys((run.run_id for run in reading.runs), scene)
    save_and_explain([], inventories, now=NOW, rules=explain)
    for start in range(0, len(runs), BATCH):
        save_and_explain(runs[start : start + BATCH], [], now=NOW, rules=explain)
    while explain_stale(NOW).is_any:
        pass
    while (counted := recount_stale(NOW)).days or counted.hours:
        pass
    return Told(scenes, by_run)


def test_the_fleet_is_understood_as_it_was_meant(told: Told) -> None:
    """One test, because telling the fleet takes longest."""
    assert_causes(told)
    assert_patterns(told)
    assert_events(told)
    assert_overview(told)


def assert_causes(told: Told) -> None:
    """No cause that is known is wrong, and most are known."""
    causes: defaultdict[tuple[str, str], Counter[Cause]] = defaultdict(Counter)
    for run_id, cause in Change.objects.filter(status=Status.SUCCESS).values_list("run_id", "cause"):
        scene = told.by_run[run_id]
        causes[scene.actor.adapter.tool, scene.sample.story][Cause(cause)] += 1
    for (tool, story), found in causes.items():
        wrong = {cause: times for cause, times in found.items() if cause not in MEANT.get(story, set()) | ANYWHERE}
        assert not wrong or story not in MEANT, f"{tool} {story}: {found}"
        if story in MEANT:
            assert 1 - found[Cause.UNKNOWN] / found.total() >= KNOWN_AT_LEAST[story], f"{tool} {story}: {found}"
    told_by = {cause: {tool for (tool, _), found in causes.items() if found[cause]} for cause in Cause}
    for cause in set(Cause) - {Cause.UNKNOWN}:
        assert len(told_by[cause]) >= 3, cause


def assert_patterns(told: Told) -> None:
    """What has a pattern of its own shows it, whichever tool it is of."""
    found: defaultdict[int, set[Pattern]] = defaultdict(set)
    for key, pattern in NodeResource.objects.values_list("node_id", "pattern"):
        if pattern is not None:
            found[key].add(Pattern(pattern))
    for actor in told.actors:
        if actor.plot in PATTERNS:
            assert PATTERNS[actor.plot] & found[node_id("main", actor.name)], f"{actor.name} {actor.plot}"
        if actor.plot is Plot.CALM:
            assert found[node_id("main", actor.name)] <= {Pattern.SPORADIC}, actor.name
    tools = {actor.adapter.tool for actor in told.actors if Pattern.TUG_OF_WAR in found[node_id("main", actor.name)]}
    assert len(tools) >= 2


def assert_events(told: Told) -> None:
    """The mishap is one event, on the nodes that it befell."""
    event = FleetEvent.objects.order_by("-nodes").first()
    assert event is not None
    assert event.nodes >= 5
    assert (event.ended_at - event.started_at).total_seconds() < 3600


def assert_overview(told: Told) -> None:
    """Every outcome occurs among the last runs, and only the node that was built again has had two lives."""
    last = Run.objects.order_by("node_id", "-at").distinct("node_id").values_list("outcome", flat=True)
    assert set(last) == {int(outcome) for outcome in Outcome}
    lives = Counter(NodeLife.objects.values_list("node_id", flat=True))
    rebuilt = {node_id("main", actor.name) for actor in told.actors if actor.plot is Plot.REBUILT}
    assert {key for key, times in lives.items() if times > 1} == rebuilt
