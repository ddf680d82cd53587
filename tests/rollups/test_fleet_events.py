"""Corrections of many nodes in, fleet events out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from reports.rollups.prune import prune
from reports.rollups.recount import recount_stale
from reports.rollups.staleness import mark_range_stale
from reports.rollups.tables import FleetEvent
from reports.run import Run
from reports.store.ids import resource_id
from tests.store.telling import NOW, save, tell_change, tell_corrected

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
THEN = NOW - 3 * DAY


def recount() -> None:
    """Until nothing is stale."""
    while (counted := recount_stale(NOW)).days or counted.hours:
        pass


def corrected(number: int, at: datetime, **more: Any) -> Run:  # noqa: ANN401 - as many types as fields
    """A run of a node that put one file right."""
    return tell_corrected(f"{number} at {at}", f"web{number}", at=at, **more)


def burst(nodes: Iterable[int], *, since: datetime = THEN, every: timedelta = 10 * MINUTE) -> list[Run]:
    """One node after the other."""
    return [corrected(number, since + place * every) for place, number in enumerate(nodes)]


def events() -> list[tuple[str, datetime, datetime, int, int]]:
    """Environment, start, end, nodes and corrections of all there are, in order."""
    columns = ("environment", "started_at", "ended_at", "nodes", "corrections")
    return list(FleetEvent.objects.order_by("started_at").values_list(*columns))


def test_one_resource_corrected_on_many_nodes_is_one_event() -> None:
    save(*burst(range(5)))
    recount()
    assert events() == [("production", THEN, THEN + 40 * MINUTE, 5, 5)]
    assert FleetEvent.objects.get().resource_id == resource_id("File", "/etc/motd")


def test_four_nodes_make_no_event() -> None:
    save(*burst(range(4)))
    recount()
    assert events() == []


def test_an_event_over_midnight_is_one() -> None:
    begin = THEN.replace(hour=23, minute=40)
    save(*burst(range(3), since=begin))
    recount()
    assert events() == []
    save(*burst(range(3, 6), since=begin + 30 * MINUTE))
    recount()
    assert events() == [("production", begin, begin + 50 * MINUTE, 6, 6)]


def test_a_pause_of_more_than_two_hours_parts_two_events() -> None:
    save(*burst(range(5)), *burst(range(10, 15), since=THEN + 40 * MINUTE + 121 * MINUTE))
    recount()
    assert [(start, nodes) for _, start, _, nodes, _ in events()] == [(THEN, 5), (THEN + 161 * MINUTE, 5)]


def test_what_comes_late_joins_two_events() -> None:
    save(*burst(range(5)), *burst(range(10, 15), since=THEN + 40 * MINUTE + 121 * MINUTE))
    recount()
    save(corrected(20, THEN + 100 * MINUTE))
    recount()
    assert [(start, nodes) for _, start, _, nodes, _ in events()] == [(THEN, 11)]


def test_an_event_goes_when_what_made_it_turns_out_otherwise() -> None:
    save(*burst(range(5)))
    recount()
    save(corrected(2, THEN + 20 * MINUTE, resources=(tell_change(corrective=False),), richness=2))
    recount()
    assert events() == []


def test_environments_are_told_apart() -> None:
    save(*burst(range(3)), *(run_in_staging(number) for number in range(3, 6)))
    recount()
    assert events() == []


def run_in_staging(number: int) -> Run:
    """A run that put one file right there."""
    return corrected(number, THEN + number * 10 * MINUTE, environment="staging")


def test_a_node_that_runs_twice_a_second_makes_no_event_and_hides_none() -> None:
    flapping = [corrected(99, THEN - 3 * HOUR + timedelta(seconds=number / 2)) for number in range(60)]
    often = [corrected(98, THEN - 30 * HOUR + number * HOUR) for number in range(60)]
    save(*flapping, *often)
    recount()
    assert events() == []
    save(*burst(range(5)))
    recount()
    assert [(start, end, nodes) for _, start, end, nodes, _ in events()] == [(THEN, THEN + 40 * MINUTE, 6)]


def test_what_goes_on_all_day_is_no_event() -> None:
    save(*burst(range(60), every=HOUR / 2))
    recount()
    assert events() == []


def test_what_is_usual_is_no_event() -> None:
    chance = random.Random(5)  # noqa: S311 - the same every time
    usual = [NOW - timedelta(days=chance.uniform(0, 20)) for _ in range(200)]
    save(*(corrected(number, at) for number, at in enumerate(usual)))
    recount()
    assert [event for event in events() if event[1] > NOW - 13 * DAY] == []
    save(*burst(range(300, 340), every=2 * MINUTE))
    recount()
    told = [event for event in events() if event[1] > NOW - 13 * DAY]
    assert len(told) == 1
    assert told[0][3] >= 40


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_reports_come_does_not_show(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    at = [NOW - timedelta(hours=chance.choice((4, 30, 60, 200)), minutes=chance.randrange(300)) for _ in range(60)]
    runs = [corrected(number % 40, moment) for number, moment in enumerate(at)]
    for begin in range(0, len(runs), 7):
        save(*runs[begin : begin + 7])
        recount()
    bit_by_bit = events()
    assert bit_by_bit
    FleetEvent.objects.all().delete()
    mark_range_stale((NOW - 30 * DAY).date(), (NOW + DAY).date(), now=NOW)
    recount()
    assert events() == bit_by_bit


def test_events_are_dropped_years_later_and_not_when_their_facts_are_gone() -> None:
    then = NOW - 80 * DAY
    save(*burst(range(5), since=then))
    recount()
    later = NOW + 30 * DAY
    assert prune(later).facts.partitions
    mark_range_stale(then.date(), (NOW + DAY).date(), now=later)
    recount()
    assert len(events()) == 1
    prune(NOW + 1832 * DAY)
    assert events() == []
