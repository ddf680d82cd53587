"""Who plays what."""

from __future__ import annotations

import pytest

from reports.adapters.discovery import adapters
from reports.adapters.samples import Sample, samples
from reports.demo.cast import EVERYDAY, Cast
from reports.demo.fleet import SIZE, Plot, make_fleet


def test_every_plot_is_played_by_a_tool_that_can_tell_it() -> None:
    fleet = make_fleet(Cast(adapters()).tellers())
    assert {actor.plot for actor in fleet} == set(Plot)
    assert len({actor.name for actor in fleet}) == len(fleet) == SIZE
    assert {actor.environment for actor in fleet} == {"staging", "production"}


def test_each_tool_that_tells_everyday_life_has_a_few_nodes() -> None:
    tellers = Cast(adapters()).tellers()
    tools = [actor.adapter.tool for actor in make_fleet(tellers)]
    assert len(tellers) >= 3
    assert all(3 <= tools.count(adapter.tool) <= SIZE // 2 for adapter in tellers)


def test_a_part_that_nobody_can_play_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no tool has samples for a node that is drifted"):
        make_fleet({adapters()[0]: frozenset({EVERYDAY})})


def test_a_node_is_told_by_samples_about_what_it_manages_every_day() -> None:
    cast = Cast(adapters())
    chosen = 0
    for actor in make_fleet(cast.tellers()):
        (everyday,) = cast.run(actor, EVERYDAY).sample.expected["reading"]["runs"]
        managed = {(kind, title) for kind, title, *_ in everyday.get("in_sync", [])}
        corrected = [_touched(sample) for sample in samples(actor.adapter) if sample.story == "corrected"]
        fits = [touched <= managed for touched in corrected]
        if any(fits):
            chosen += not all(fits)
            assert cast.run(actor, "corrected").touches <= managed
    assert chosen, "some tool has corrections both of what its nodes manage and of something else"


def test_a_story_without_a_sample_is_an_everyday_run() -> None:
    cast = Cast(adapters())
    actor = make_fleet(cast.tellers())[0]
    assert cast.run(actor, "eclipse").sample.story == EVERYDAY


def _touched(sample: Sample) -> set[tuple[str, str]]:
    runs = sample.expected["reading"]["runs"]
    return {(resource["type"], resource["title"]) for run in runs for resource in run.get("resources", [])}
