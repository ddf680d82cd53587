"""Facts in, day and hour rows out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from reports.rollups.prune import prune
from reports.rollups.recount import Recounted, recount_stale
from reports.rollups.staleness import mark_range_stale
from reports.rollups.tables import (
    FleetHour,
    NodeDay,
    NodeResource,
    NodeResourceDay,
    NodeState,
    ResourceDay,
    ResourceState,
)
from reports.rollups.unfinished import find_unfinished
from reports.run import Inventory, Outcome, Run, Status
from reports.store.arrived import ArrivedRun
from reports.store.ids import node_id, resource_id
from reports.store.save import save_batch
from reports.store.tables import StaleDay, StaleHour
from tests.rollups.counting import recount, state
from tests.said import explain
from tests.store.telling import NOW, run_id, save, save_inventories, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def under_way(word: str, **more: Any) -> Run:  # noqa: ANN401 - as many types as fields
    """A run of which only the start is known."""
    return tell_run(word, outcome=None, ended_at=None, richness=0, **more)


def test_a_day_counts_how_runs_ended_and_what_they_changed() -> None:
    failed = tell_change("/b", status=Status.FAILED)
    intended = tell_change("/c", corrective=False)
    save(
        tell_run("a"),
        tell_corrected("b", resources=(tell_change("/a"), intended)),
        tell_corrected("c", resources=(failed,), outcome=Outcome.FAILED),
        under_way("d"),
        tell_run("other day", at=NOW - DAY),
    )
    recount()
    day = NodeDay.objects.get(day=NOW.date())
    assert (day.runs, day.unchanged, day.corrected, day.failed, day.pending) == (4, 1, 1, 1, 0)
    assert (day.corrections, day.changes, day.failures) == (1, 2, 1)
    assert (day.duration_seconds, day.environment, day.tools) == (7.5, "production", ["one"])


def test_a_day_ends_at_midnight_utc() -> None:
    midnight = NOW.replace(hour=0)
    save(tell_run("before", at=midnight - timedelta(milliseconds=1)), tell_run("after", at=midnight))
    recount()
    assert list(NodeDay.objects.order_by("day").values_list("day", "runs")) == [
        (date(2026, 11, 22), 1),
        (date(2026, 11, 23), 1),
    ]


def test_a_correction_reaches_every_count_of_its_resource() -> None:
    save(tell_corrected("a"), tell_corrected("b", "web2"), tell_corrected("c", at=NOW - DAY))
    recount()
    motd = resource_id("File", "/etc/motd")
    pair = NodeResource.objects.get(node_id=node_id("main", "web1"))
    assert (pair.resource_id, pair.changes, pair.corrections, pair.failures) == (motd, 2, 2, 0)
    assert (pair.first_change_at, pair.last_change_at) == (NOW - DAY, NOW)
    assert NodeResourceDay.objects.count() == 3
    today = ResourceDay.objects.get(day=NOW.date())
    assert (today.resource_id, today.environment, today.nodes, today.corrections) == (motd, "production", 2, 2)


def test_a_change_still_to_come_counts_nowhere() -> None:
    pending = tell_change(status=Status.PENDING)
    save(tell_corrected(resources=(pending,), outcome=Outcome.PENDING, noop=True))
    recount()
    assert (NodeDay.objects.get().changes, NodeDay.objects.get().pending) == (0, 1)
    assert not NodeResource.objects.exists()


def test_status_is_that_of_the_newest_finished_run() -> None:
    save(tell_corrected("failed", outcome=Outcome.FAILED, at=NOW - HOUR), tell_run("well"))
    recount()
    assert (state().status, state().last_run_id, state().last_run_at) == (Outcome.UNCHANGED, run_id("well"), NOW)


def test_status_is_the_worst_among_tools() -> None:
    save(tell_run("bad", tool="two", outcome=Outcome.FAILED, at=NOW - 3 * DAY), tell_run("well", tool="one"))
    recount()
    assert (state().status, state().last_run_id, state().tools) == (Outcome.FAILED, run_id("bad"), ["one", "two"])


def test_a_tool_given_up_a_fortnight_ago_does_not_count() -> None:
    save(tell_run("bad", tool="two", outcome=Outcome.FAILED, at=NOW - 15 * DAY), tell_run("well", tool="one"))
    recount()
    assert (state().status, state().tools) == (Outcome.UNCHANGED, ["one"])


def test_a_run_without_end_is_told_and_does_not_hide_the_status() -> None:
    save(tell_run("well", at=NOW - HOUR), under_way("begun"))
    recount()
    assert (state().status, state().unfinished_since) == (Outcome.UNCHANGED, NOW)
    save(tell_corrected("begun"))
    recount()
    assert (state().status, state().unfinished_since) == (Outcome.CORRECTED, None)


def test_a_run_that_did_not_finish_is_found_after_a_day() -> None:
    save(under_way("begun", tool="two"))
    recount()
    assert (state().status, state().tools) == (None, ["two"])
    assert find_unfinished(NOW + DAY) == []
    assert [found.name for found in find_unfinished(NOW + DAY + HOUR)] == ["web1"]


def test_a_clock_ahead_of_ours_is_told_until_it_is_right_again() -> None:
    save_batch([ArrivedRun(tell_run("ahead", at=NOW + DAY), "main", NOW)], [], now=NOW)
    recount()
    assert state().is_clock_wrong
    save(tell_run("right", at=NOW + HOUR))
    recount()
    assert not state().is_clock_wrong


def test_an_old_report_that_comes_late_does_not_break_a_silence() -> None:
    imported = tell_run("old", at=NOW - 8 * DAY)
    save_batch([ArrivedRun(imported, "main", NOW)], [], now=NOW)
    recount()
    assert state().last_received_at == NOW - 8 * DAY


def test_many_old_reports_imported_at_once_do_not_break_a_silence() -> None:
    """Two minutes for two days of runs: nobody runs at that pace."""
    for number in range(8):
        came_in = NOW + number * timedelta(seconds=15)
        save_batch(
            [ArrivedRun(tell_run(f"{number}", at=NOW - 8 * DAY + number * 6 * HOUR), "main", came_in)], [], now=NOW
        )
    recount()
    assert state().last_received_at == NOW - 8 * DAY + 42 * HOUR


def test_a_node_whose_clock_is_days_behind_is_heard_of_when_its_runs_come_in() -> None:
    for hours_ago in (2, 1):
        came_in = NOW - hours_ago * HOUR
        save_batch([ArrivedRun(tell_run(f"{hours_ago}", at=came_in - 3 * DAY), "main", came_in)], [], now=NOW)
    recount()
    assert state().last_received_at == NOW - HOUR


def test_a_node_with_nothing_but_an_inventory_is_listed() -> None:
    save_inventories(Inventory("one", "web9", NOW, facts={}))
    recount()
    assert (state("web9").status, state("web9").tools, state("web9").last_received_at) == (None, [], NOW)


def test_a_node_is_for_what_its_newest_facts_say() -> None:
    save(tell_run())
    recount()
    assert state().role is None
    save_inventories(Inventory("one", "web1", NOW - HOUR, facts={"role": "web"}))
    recount()
    assert state().role == "web"
    save_inventories(Inventory("two", "web1", NOW, facts={"roles": ["db", "base"]}))
    recount()
    assert state().role == "base, db"
    save_inventories(Inventory("two", "web1", NOW + HOUR, facts={"os": "d"}))
    recount()
    assert state().role == "web"


def test_an_hour_counts_the_runs_of_the_fleet_by_how_they_ended() -> None:
    save(tell_run("a"), tell_run("b", "web2"), tell_corrected("c", environment=None), under_way("d"))
    save(tell_run("e"), site="plant")
    recount()
    rows = FleetHour.objects.values_list("hour", "site", "environment", "tool", "outcome", "runs")
    assert set(rows) == {
        (NOW, "main", "production", "one", 1, 2),
        (NOW, "main", "", "one", 4, 1),
        (NOW, "plant", "production", "one", 1, 1),
    }


def test_the_present_hour_is_let_lie_for_as_long_as_is_asked() -> None:
    save(tell_run())
    marked_at = StaleHour.objects.get().marked_at
    assert recount_stale(marked_at + timedelta(seconds=9), hour_patience=timedelta(seconds=10)).hours == 0
    assert recount_stale(marked_at + timedelta(seconds=11), hour_patience=timedelta(seconds=10)).hours == 1


def test_counts_of_a_run_that_was_replaced_are_taken_back() -> None:
    save(tell_corrected(at=NOW - DAY, resources=(tell_change("/a"),)))
    recount()
    save(tell_corrected(richness=2, resources=(tell_change("/b"),)))
    recount()
    assert list(NodeDay.objects.values_list("day", "corrections")) == [(NOW.date(), 1)]
    for table in (NodeResourceDay, NodeResource, ResourceDay):
        assert set(table.objects.values_list("resource_id", flat=True)) == {resource_id("File", "/b")}
    assert FleetHour.objects.get().hour == NOW


def test_what_did_not_move_is_not_written_again() -> None:
    save(tell_corrected())
    recount()
    before = _version_of_pair()
    save(tell_run("later", at=NOW + HOUR))
    recount()
    assert (NodeDay.objects.get().runs, _version_of_pair()) == (2, before)


def test_no_more_days_are_taken_up_than_asked_for() -> None:
    save(*(tell_run("a", f"web{number}") for number in range(5)))
    assert recount_stale(NOW, limit=3) == Recounted(days=3, hours=1)
    assert recount_stale(NOW, limit=3) == Recounted(days=2, hours=0)


def test_counting_everything_again_changes_nothing() -> None:
    save(tell_corrected("a"), tell_corrected("b", "web2", at=NOW - DAY), tell_run("c", "web3"))
    recount()
    before = _everything()
    assert mark_range_stale(date(2026, 1, 1), date(2027, 1, 1), now=NOW) == 3
    recount()
    assert _everything() == before


def test_days_whose_facts_are_gone_keep_their_counts() -> None:
    save(tell_corrected(at=NOW - 80 * DAY))
    recount()
    later = NOW + 30 * DAY
    assert prune(later).facts.partitions
    StaleDay.objects.create(node_id=node_id("main", "web1"), day=(NOW - 80 * DAY).date())
    assert mark_range_stale(date(2026, 1, 1), date(2026, 9, 10), now=later) == 0
    assert recount_stale(later).days == 1
    assert (NodeDay.objects.get().corrections, NodeResource.objects.get().corrections) == (1, 1)
    assert not StaleDay.objects.exists()


def test_counts_are_dropped_years_later() -> None:
    save(tell_corrected())
    recount()
    assert prune(NOW + 1829 * DAY).counts == 0
    assert prune(NOW + 1832 * DAY).counts == 4
    assert not NodeDay.objects.exists()


def test_a_run_with_five_thousand_changes_is_counted() -> None:
    run = tell_corrected(resources=tuple(tell_change(f"/f{number}") for number in range(5000)))
    assert len(explain(run)) == 5000
    save(run)
    recount()
    assert NodeDay.objects.get().corrections == NodeResource.objects.count() == ResourceDay.objects.count() == 5000


def _version_of_pair() -> object:
    return NodeResource.objects.extra(select={"version": "xmin::text"}).values_list("version", flat=True).get()


def _everything() -> list[list[tuple[object, ...]]]:
    tables = (NodeState, NodeDay, NodeResourceDay, NodeResource, ResourceDay, FleetHour)
    return [sorted(table.objects.values_list(), key=str) for table in tables]


def test_the_last_correction_is_known_of_nodes_and_pairs_and_days() -> None:
    save(
        tell_corrected("a", at=NOW - 2 * HOUR),
        tell_corrected("b", resources=(tell_change(corrective=False),), outcome=Outcome.CHANGED),
    )
    recount()
    tables = (NodeState, NodeDay, NodeResource, NodeResourceDay, ResourceDay, ResourceState)
    assert {table.objects.get().last_correction_at for table in tables} == {NOW - 2 * HOUR}
    assert ResourceDay.objects.get().corrected_nodes == 1


def test_the_hours_of_the_fleet_count_corrections() -> None:
    save(tell_corrected("a", resources=(tell_change("/a"), tell_change("/b"))), tell_run("b", "web2"))
    recount()
    counted = dict(FleetHour.objects.values_list("outcome", "corrections"))
    assert counted == {Outcome.CORRECTED: 2, Outcome.UNCHANGED: 0}
