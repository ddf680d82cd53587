"""The demo's story: the same whenever it is told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from reports.adapters.discovery import adapters
from reports.demo.cast import Cast
from reports.demo.fleet import SIZE, Character, make_fleet
from reports.demo.show import all_scenes
from reports.demo.story import SPAN, Scene

NOW = datetime(2026, 11, 23, 21, 17, tzinfo=UTC)


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return all_scenes(NOW)


def test_the_fleet_has_nodes_of_every_tool_with_samples_of_everyday_life() -> None:
    cast = Cast(adapters())
    tools = [adapter for adapter in adapters() if cast.can_play(adapter)]
    fleet = make_fleet(tools)
    assert len(tools) >= 3
    assert len({actor.name for actor in fleet}) == SIZE
    assert {actor.adapter.tool for actor in fleet} == {adapter.tool for adapter in tools}
    assert {actor.environment for actor in fleet} == {"staging", "production"}
    assert {actor.character for actor in fleet} == set(Character)


def test_it_fills_eight_weeks_up_to_now(scenes: list[Scene]) -> None:
    assert 3000 <= len(scenes) <= 4000
    assert scenes[0].moment >= NOW - SPAN
    assert NOW - timedelta(hours=1) < scenes[-1].moment <= NOW
    assert scenes == sorted(scenes, key=lambda scene: scene.moment)


def test_most_runs_change_nothing(scenes: list[Scene]) -> None:
    stories = Counter(scene.sample.story for scene in scenes)
    assert stories["unchanged"] > len(scenes) * 0.6
    assert {"corrected", "changed", "failed", "first_build"} <= stories.keys()


def test_the_silent_node_has_not_reported_for_a_week(scenes: list[Scene]) -> None:
    silent = [scene.moment for scene in scenes if scene.actor.character is Character.SILENT]
    others = {scene.actor.name for scene in scenes if scene.moment > NOW - timedelta(hours=2)}
    assert silent
    assert max(silent) <= NOW - timedelta(days=7)
    assert len(others) == SIZE - 1


def test_what_was_told_once_is_told_the_same_later(scenes: list[Scene]) -> None:
    later = {_key(scene): scene for scene in all_scenes(NOW + timedelta(days=3))}
    known = [scene for scene in scenes if _key(scene) in later]
    assert len(known) > 0.75 * len(scenes)
    assert all(later[_key(scene)] == scene for scene in known)
    assert later[_key(known[-1])].report() == known[-1].report()


def test_each_report_reads_as_its_node_at_its_time(scenes: list[Scene]) -> None:
    for scene in scenes[:: len(scenes) // 60]:
        reading = scene.actor.adapter.read(scene.report())
        nodes = {run.node for run in reading.runs} | {inventory.node for inventory in reading.inventories}
        starts = [run.started_at for run in reading.runs]
        assert nodes == {scene.actor.name}
        assert all(abs(start - scene.moment) < timedelta(seconds=1) for start in starts)


def _key(scene: Scene) -> tuple[str, datetime, bool]:
    return scene.actor.name, scene.moment, scene.sample.story in {"facts", "inventory"}
