"""Changes of resources in, their patterns out."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from reports.rollups.recount import recount_stale
from reports.rollups.tables import NodeResource
from reports.run import Outcome, Pattern, Run, Status
from reports.store.ids import resource_id
from reports.store.resource_sets import KNOWN
from tests.store.telling import NOW, save, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def recount() -> None:
    """Until nothing is stale."""
    while (counted := recount_stale(NOW)).days or counted.hours:
        pass


def corrected(at: datetime, title: str = "/etc/motd", *, tool: str = "one", **change: Any) -> Run:  # noqa: ANN401
    """A run that put one file right, which somebody had written something new into."""
    change = {"old": f"found at {at}", **change}
    return tell_corrected(f"{tool} {at}", at=at, tool=tool, resources=(tell_change(title, **change),))


def unchanged(at: datetime, *, tool: str = "one") -> Run:
    """A run that found nothing to do."""
    return tell_run(f"{tool} {at}", at=at, tool=tool)


def shown(title: str = "/etc/motd") -> tuple[int | None, str | None]:
    """The pattern of a file, and its evidence."""
    pair = NodeResource.objects.get(resource_id=resource_id("File", title))
    return pair.pattern, pair.evidence


def test_a_change_in_nearly_every_run_makes_a_repeater() -> None:
    save(*(corrected(NOW - number * HOUR) for number in range(1, 8)), unchanged(NOW - 8 * HOUR))
    recount()
    assert shown() == (Pattern.REPEATER, "changed in 7 of its last 8 runs")


def test_one_change_has_no_pattern_until_there_are_more() -> None:
    save(corrected(NOW - 5 * HOUR))
    recount()
    assert shown() == (None, None)
    save(corrected(NOW), unchanged(NOW - HOUR))
    recount()
    assert shown() == (Pattern.SPORADIC, "corrected 2 times within 5 hours, at no regular time")


def test_a_run_that_comes_late_and_changed_nothing_is_counted_too() -> None:
    save(*(corrected(NOW - number * HOUR) for number in range(7)))
    recount()
    assert shown() == (Pattern.REPEATER, "changed in its last 7 runs")
    save(unchanged(NOW - 3.5 * HOUR))
    recount()
    assert shown() == (Pattern.REPEATER, "changed in 7 of its last 8 runs")


def test_a_run_that_comes_after_the_last_change_is_not_looked_at() -> None:
    save(*(corrected(NOW - number * HOUR) for number in range(1, 8)))
    recount()
    before = shown()
    save(unchanged(NOW))
    recount()
    assert shown() == before


def test_the_pattern_goes_with_the_changes_that_showed_it() -> None:
    runs = [corrected(NOW - number * HOUR) for number in range(7)]
    save(*runs)
    recount()
    save(*(tell_corrected(f"one {run.started_at}", at=run.started_at, resources=(), richness=2) for run in runs[1:]))
    recount()
    assert shown() == (None, None)


def test_runs_of_another_tool_on_the_node_do_not_count() -> None:
    save(
        *(corrected(NOW - number * HOUR) for number in range(7)),
        *(unchanged(NOW - number * HOUR / 4, tool="two") for number in range(30)),
    )
    recount()
    assert shown() == (Pattern.REPEATER, "changed in its last 7 runs")


def test_two_tools_that_want_different_values_are_a_tug_of_war() -> None:
    for number in range(6):
        at, new = NOW - number * HOUR, ("4", "8")[number % 2]
        save(corrected(at, tool=("one", "two")[number % 2], old=("8", "4")[number % 2], new=new))
    recount()
    assert shown() == (Pattern.TUG_OF_WAR, "swapped 6 times between content=8 and content=4 within 5 hours")


def test_dry_runs_and_unfinished_ones_are_no_runs_that_could_have_changed_something() -> None:
    save(
        *(corrected(NOW - number * HOUR) for number in range(7)),
        tell_run("dry", at=NOW - HOUR / 2, noop=True),
        tell_run("begun", at=NOW - HOUR / 3, outcome=None, ended_at=None, richness=0),
    )
    recount()
    assert shown() == (Pattern.REPEATER, "changed in its last 7 runs")


def test_failures_run_after_run_are_told_with_their_first_day() -> None:
    failed = tell_change(status=Status.FAILED)
    for number in range(4):
        at = NOW - 24 * number * HOUR
        save(tell_corrected(f"run {number}", at=at, outcome=Outcome.FAILED, resources=(failed,)))
    recount()
    assert shown() == (Pattern.FAILING, "failed in its last 4 runs, since 20 Nov 2026")


def test_values_that_differ_only_far_behind_are_not_one() -> None:
    same = "x" * 500_000
    save(*(corrected(NOW - number * HOUR, old=f"{same}{number}", new=same) for number in range(7)))
    recount()
    assert shown() == (Pattern.REPEATER, "changed in its last 7 runs")


def test_a_clock_years_off_does_not_bend_a_pattern() -> None:
    save(*(corrected(NOW - number * HOUR) for number in range(7)), corrected(NOW.replace(year=2020)))
    recount()
    assert shown() == (Pattern.REPEATER, "changed in its last 7 runs")


def test_patterns_do_not_depend_on_the_order_of_arrival() -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time
    files = ("/a", "/b", "/c")
    ats = [NOW - number * HOUR for number in range(60)]
    runs = [corrected(at, chance.choice(files)) if chance.random() < 0.7 else unchanged(at) for at in ats]
    with transaction.atomic():
        save(*runs)
        recount()
        in_order = {title: shown(title) for title in files}
        transaction.set_rollback(True)
    KNOWN.forget()
    chance.shuffle(runs)
    for begin in range(0, len(runs), 5):
        save(*runs[begin : begin + 5])
        recount()
    assert {title: shown(title) for title in files} == in_order
