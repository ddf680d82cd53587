"""The demo's story: the same whenever it is told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from reports.demo.fleet import SIZE, Plot
from reports.demo.show import all_scenes
from reports.demo.story import SPAN, Scene
from reports.run import Outcome, Run

NOW = datetime(2026, 11, 23, 21, 17, tzinfo=UTC)
_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return all_scenes(NOW, NOW)


@pytest.fixture(scope="module")
def last_runs(scenes: list[Scene]) -> dict[str, Run]:
    """What the last report of each node that is a run becomes."""
    last = {scene.actor.name: scene for scene in scenes if _is_run(scene)}
    return {name: scene.actor.adapter.read(scene.report()).runs[0] for name, scene in last.items()}


def test_it_fills_eight_weeks_up_to_now(scenes: list[Scene]) -> None:
    assert 3000 <= len(scenes) <= 4500
    assert NOW - SPAN < scenes[0].moment < NOW - SPAN + timedelta(hours=1)
    assert scenes == sorted(scenes, key=lambda scene: scene.moment)


def test_no_day_has_many_more_runs_than_another(scenes: list[Scene]) -> None:
    days = Counter(scene.moment.date() for scene in scenes if _is_run(scene))
    whole = [runs for day, runs in days.items() if (NOW - SPAN).date() < day < NOW.date()]
    assert max(whole) < 1.5 * min(whole)
    assert days[NOW.date()] < max(whole) * 1.5


def test_every_node_but_the_silent_one_ran_within_the_last_hour(scenes: list[Scene]) -> None:
    silent = [scene.moment for scene in scenes if scene.actor.plot is Plot.SILENT]
    late = {scene.actor.name for scene in scenes if scene.moment > NOW - timedelta(hours=1)}
    assert NOW - 8 * _DAY < max(silent) <= NOW - 7 * _DAY
    assert len(late) == SIZE - 1


def test_the_nodes_end_in_a_mix_of_all_outcomes(last_runs: dict[str, Run]) -> None:
    ends = Counter(run.outcome for run in last_runs.values())
    told = {run.tool for run in last_runs.values()}
    assert len(told) >= 3
    assert set(ends) == set(Outcome)
    assert ends[Outcome.FAILED] + ends[Outcome.STALE_CATALOG] <= SIZE // 4
    assert ends[Outcome.UNCHANGED] >= SIZE // 3
    assert {run.tool for run in last_runs.values() if run.outcome is not Outcome.UNCHANGED} == told


def test_a_bad_release_fails_several_nodes_of_one_tool_for_two_days(scenes: list[Scene]) -> None:
    newest = [scene for scene in _of(scenes, "broken_code") if scene.moment > NOW - 9 * _DAY]
    assert len({scene.actor.adapter.tool for scene in newest}) == 1
    assert len({scene.actor.name for scene in newest}) >= 3
    assert newest[-1].moment - newest[0].moment < 2 * _DAY
    after = [scene for scene in scenes if scene.actor == newest[0].actor and scene.moment > newest[-1].moment]
    assert after


def test_a_roll_out_changes_many_nodes_within_a_day_and_each_once(scenes: list[Scene]) -> None:
    rolled_out = [scene for scene in _of(scenes, "changed") if scene.actor.environment == "production"]
    names = [scene.actor.name for scene in rolled_out]
    assert len(names) >= 7
    assert len(set(names)) == len(names)
    for tool in {scene.actor.adapter.tool for scene in rolled_out}:
        moments = [scene.moment for scene in rolled_out if scene.actor.adapter.tool == tool]
        assert max(moments) - min(moments) < timedelta(hours=1), tool


def test_a_mishap_is_put_right_on_many_nodes_of_one_tool_within_half_an_hour(scenes: list[Scene]) -> None:
    """A fleet event: the same resources of all of them, whatever each goes through beside."""
    lately = [scene for scene in _of(scenes, "corrected") if -6 * _DAY < scene.moment - NOW < -5 * _DAY]
    by_sample = Counter(scene.sample.name for scene in lately)
    sample, _ = by_sample.most_common(1)[0]
    event = [scene for scene in lately if scene.sample.name == sample and scene.actor.environment == "production"]
    assert len({scene.actor.name for scene in event}) >= 5
    assert max(scene.moment for scene in event) - min(scene.moment for scene in event) < timedelta(minutes=30)


def test_the_code_of_a_node_never_goes_back(scenes: list[Scene]) -> None:
    """Neither in its runs before the roll-out nor after: only a failing run may have brought code of its own."""
    seen: dict[str, list[str]] = {}
    for scene in scenes:
        if scene.sample.story in {"unchanged", "changed", "settled", "corrected", "first_build"}:
            version = scene.sample.expected["reading"]["runs"][0].get("code_version")
            versions = seen.setdefault(scene.actor.name, [])
            if version and _is_a_digest(version) and version not in versions[-1:]:
                versions.append(version)
    assert any(len(versions) == 2 for versions in seen.values())
    assert all(len(versions) == len(set(versions)) for versions in seen.values())


def test_the_periodic_node_drifts_at_one_time_of_the_week(scenes: list[Scene]) -> None:
    for name in {scene.actor.name for scene in scenes if scene.actor.plot is Plot.PERIODIC}:
        drifts = [scene.moment for scene in _of(scenes, "corrected") if scene.actor.name == name]
        times = Counter((moment.weekday(), moment.hour) for moment in drifts)
        assert times.pop((0, 2)) >= 7
        assert times.total() <= 1, "the mishap of the whole fleet"


def test_what_has_a_pattern_of_its_own_is_played_by_several_tools(scenes: list[Scene]) -> None:
    """So that what is recognised of one tool's reports is seen to be recognised of the others'."""
    actors = {scene.actor for scene in scenes}
    for plot, tools in {Plot.PERIODIC: 4, Plot.TUG_OF_WAR: 3, Plot.REPEATING: 3, Plot.FAILING: 2}.items():
        assert len({actor.adapter.tool for actor in actors if actor.plot is plot}) == tools, plot


def test_corrections_are_of_a_few_nodes(scenes: list[Scene]) -> None:
    corrected = Counter(scene.actor.name for scene in [*_of(scenes, "corrected"), *_of(scenes, "tug_of_war")])
    assert SIZE // 4 <= sum(times >= 6 for times in corrected.values()) <= SIZE // 2
    assert len(corrected) < 0.6 * SIZE


@pytest.mark.parametrize("days", [0, 3, 20])
def test_told_again_later_what_was_told_comes_out_the_same(scenes: list[Scene], days: int) -> None:
    later = NOW + days * _DAY
    again = {_key(scene): scene for scene in all_scenes(NOW, later)}
    known = [scene for scene in scenes if scene.moment > later - SPAN]
    assert [scene for scene in known if again.get(_key(scene)) != scene] == []
    assert again[_key(known[-1])].report() == known[-1].report()
    assert (max(scene.moment for scene in again.values()) > NOW) == (days > 0)


def test_each_report_reads_as_its_node_at_its_time(scenes: list[Scene]) -> None:
    for scene in scenes[:: len(scenes) // 60]:
        reading = scene.actor.adapter.read(scene.report())
        nodes = {run.node for run in reading.runs} | {inventory.node for inventory in reading.inventories}
        starts = [run.started_at for run in reading.runs]
        assert nodes == {scene.actor.name}
        assert all(abs(start - scene.moment) < timedelta(seconds=1) for start in starts)


def _of(scenes: list[Scene], story: str) -> list[Scene]:
    return [scene for scene in scenes if scene.sample.story == story]


def _is_run(scene: Scene) -> bool:
    return "runs" in scene.sample.expected["reading"]


def _is_a_digest(version: str) -> bool:
    """A version that is a time moves with every run that is told again."""
    return not version.isdecimal()


def _key(scene: Scene) -> tuple[str, datetime, str]:
    return scene.actor.name, scene.moment, scene.sample.name
