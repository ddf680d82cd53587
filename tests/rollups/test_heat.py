"""What counts towards heat, and how much."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.rollups.heat import EPOCH, HALF_LIFE, MOST_AN_HOUR
from reports.rollups.staleness import mark_range_stale
from reports.rollups.tables import NodeDay, NodeResource, ResourceEnvironment, ResourceState
from reports.run import Cause, Pattern
from reports.store.ids import node_id, resource_id
from reports.store.tables import Change
from reports.store.tables import Run as RunRow
from tests.rollups.counting import recount, state
from tests.store.telling import NOW, save, tell_change, tell_corrected

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_heat_is_the_logarithm_of_corrections_halved_every_seven_days() -> None:
    save(tell_corrected("a"), tell_corrected("b", at=NOW - 7 * DAY), tell_corrected("c", at=NOW - 14 * DAY))
    recount()
    now = (NOW - EPOCH) / HALF_LIFE
    heat = state().heat
    assert heat is not None
    assert 2 ** (heat - now) == pytest.approx(1 + 1 / 2 + 1 / 4)
    assert NodeResource.objects.get().heat == pytest.approx(heat)


def test_a_node_never_corrected_has_no_heat() -> None:
    save(tell_corrected(resources=(tell_change(corrective=False),)))
    recount()
    assert state().heat is None
    assert NodeResource.objects.get().heat is None


def test_a_resource_is_as_hot_as_all_its_nodes_together_and_as_its_environments_apart() -> None:
    save(
        tell_corrected("a"),
        tell_corrected("b", "web2", at=NOW - 7 * DAY),
        tell_corrected("c", "web3", environment="staging", at=NOW - HOUR),
    )
    recount()
    now = (NOW - EPOCH) / HALF_LIFE
    whole = ResourceState.objects.get()
    assert (whole.resource_id, whole.corrections, whole.last_correction_at) == (
        resource_id("File", "/etc/motd"),
        3,
        NOW,
    )
    apart = {row.environment: 2 ** (row.heat - now) for row in ResourceEnvironment.objects.all()}
    assert apart == {"production": pytest.approx(1.5), "staging": pytest.approx(2 ** (-1 / 168))}
    assert 2 ** (whole.heat - now) == pytest.approx(sum(apart.values()))


def test_a_resource_of_which_no_correction_is_left_is_no_longer_hot() -> None:
    save(tell_corrected("a"))
    recount()
    Change.objects.update(cause=int(Cause.INTENDED))
    RunRow.objects.update(corrective=0, intended=1)
    mark_range_stale(NOW.date(), NOW.date() + DAY, now=NOW)
    recount()
    assert not ResourceState.objects.exists()
    assert not ResourceEnvironment.objects.exists()
    assert (state().heat, state().last_correction_at) == (None, None)


def test_a_node_that_runs_twice_a_second_is_as_hot_as_one_that_is_corrected_once_an_hour() -> None:
    save(*(tell_corrected(f"fast {n}", "fast", at=NOW + n * timedelta(milliseconds=500)) for n in range(40)))
    save(tell_corrected("slow", "slow", at=NOW + timedelta(seconds=19.5)))
    recount()
    assert NodeDay.objects.get(node_id=node_id("main", "fast")).corrections == 40
    assert state("fast").heat == pytest.approx(state("slow").heat)
    heats = list(NodeResource.objects.values_list("heat", flat=True))
    assert heats[0] == pytest.approx(heats[1])


def test_one_run_that_corrects_everything_is_bounded() -> None:
    save(tell_corrected(resources=tuple(tell_change(f"/etc/{number}") for number in range(500))))
    recount()
    heat = state().heat
    assert heat is not None
    assert 2 ** (heat - (NOW - EPOCH) / HALF_LIFE) == pytest.approx(MOST_AN_HOUR)
    assert ResourceState.objects.count() == 500


def test_what_repeats_adds_no_heat_to_its_node_or_to_its_resource() -> None:
    """Fifty runs, each of which the tool says had to correct the same thing, and one that had to correct another."""
    always = [
        tell_corrected(f"run {number}", at=NOW - number * HOUR, resources=(tell_change("/always", old=None),))
        for number in range(50)
    ]
    once = tell_corrected("once", at=NOW - HOUR / 2, resources=(tell_change("/once"),))
    save(*always, once, tell_corrected("elsewhere", "web2", resources=(tell_change("/always"),)))
    recount()
    assert NodeResource.objects.get(corrections=50).pattern == Pattern.REPEATER
    now = (NOW - EPOCH) / HALF_LIFE
    heat = state().heat
    assert heat is not None
    assert 2 ** (heat - now) == pytest.approx(1, abs=0.05)
    always_id = resource_id("File", "/always")
    assert 2 ** (ResourceState.objects.get(resource_id=always_id).heat - now) == pytest.approx(1, abs=0.05)
    assert 2 ** (ResourceEnvironment.objects.get(resource_id=always_id).heat - now) == pytest.approx(1, abs=0.05)
    assert NodeDay.objects.get(node_id=node_id("main", "web1"), day=NOW.date()).corrections > 10


def test_a_node_on_which_all_that_is_corrected_repeats_is_not_hot() -> None:
    repeating = (tell_change(old=None),)
    save(*(tell_corrected(f"run {number}", at=NOW - number * HOUR, resources=repeating) for number in range(50)))
    recount()
    assert state().heat is None
    assert not ResourceState.objects.exists()
