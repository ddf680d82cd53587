"""Which nodes a batch touches, and from when on their causes may read differently."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from reports.run import Inventory, Run
from reports.store.arrived import ArrivedInventory
from reports.store.ids import node_id
from reports.store.marks import Moment
from reports.store.save import save_batch
from reports.store.touched import Touched
from tests.store.telling import NOW, arrive, run_id, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def touch(*runs: Run, inventories: Collection[Inventory] = ()) -> Touched:
    """Save a batch; what it says it touched."""
    told: list[Touched] = []

    def explain(touched: Touched) -> list[Moment]:
        told.append(touched)
        return []

    told_now = [ArrivedInventory(one, "main", one.taken_at) for one in inventories]
    save_batch([arrive(run) for run in runs], told_now, now=NOW, explain=explain)
    return told[0]


def since(touched: Touched, node: str = "web1") -> datetime | None:
    return touched.since.get(node_id("main", node))


def test_an_unchanged_run_that_is_the_newest_touches_nothing() -> None:
    touch(tell_corrected("one", at=NOW - HOUR))
    touched = touch(tell_run("two"))
    assert (touched.since, touched.traces) == ({}, frozenset())


def test_a_run_with_changes_touches_its_node_from_itself_on() -> None:
    unflagged = tell_change(corrective=None)
    touched = touch(tell_corrected(resources=(unflagged,)), tell_run("other", "web2"))
    assert touched.since == {node_id("main", "web1"): NOW}
    (trace,) = touched.traces
    assert trace[:3] == (node_id("main", "web1"), NOW, run_id("run"))
    assert trace.likeness is not None


def test_an_unchanged_run_that_comes_late_touches_what_came_after() -> None:
    touch(tell_corrected("two"))
    assert since(touch(tell_run("one", at=NOW - HOUR))) == NOW - HOUR


def test_an_unchanged_run_that_comes_late_among_unchanged_ones_touches_nothing() -> None:
    touch(tell_corrected("one", at=NOW - 2 * HOUR), tell_run("three"))
    assert since(touch(tell_run("two", at=NOW - HOUR))) is None


def test_of_several_runs_of_a_node_the_earliest_counts() -> None:
    touched = touch(tell_corrected("three"), tell_run("one", at=NOW - 2 * HOUR), tell_corrected("two", at=NOW - HOUR))
    assert since(touched) == NOW - 2 * HOUR


def test_the_end_of_an_unchanged_run_whose_start_is_known_touches_nothing() -> None:
    touch(tell_run(outcome=None, ended_at=None, richness=0))
    assert since(touch(tell_run())) is None


def test_a_replaced_run_touches_from_where_it_stood_even_where_it_has_no_changes_any_more() -> None:
    touch(tell_corrected(at=NOW - HOUR))
    touched = touch(tell_run(at=NOW, richness=2))
    assert since(touched) == NOW - HOUR
    assert len(touched.traces) == 1


def test_a_richer_report_of_the_same_changes_does_not_concern_other_nodes() -> None:
    touch(tell_corrected())
    touched = touch(tell_corrected(richness=2))
    assert since(touched) == NOW
    assert not touched.traces


def test_a_report_known_already_touches_nothing() -> None:
    touch(tell_corrected())
    touched = touch(tell_corrected(resources=(tell_change("/other"),)))
    assert (touched.since, touched.traces) == ({}, frozenset())


def test_another_machine_told_late_touches_what_came_after() -> None:
    touch(tell_corrected(), tell_corrected("two", "web2"))
    told = [Inventory("one", "web1", NOW - HOUR, facts={}, machine="m"), Inventory("one", "web2", NOW, facts={})]
    assert touch(inventories=told).since == {node_id("main", "web1"): NOW - HOUR}


def test_a_machine_known_already_touches_nothing() -> None:
    touch(tell_corrected(machine="m", at=NOW - HOUR))
    assert since(touch(tell_run("two", machine="m"))) is None
