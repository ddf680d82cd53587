"""Whatever the order, the batches and the copies: the same reports end as the same tables."""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.rollups.recount import recount_stale
from reports.rollups.tables import (
    FleetEvent,
    FleetHour,
    NodeDay,
    NodeResource,
    NodeResourceDay,
    NodeState,
    ResourceDay,
    ResourceEnvironment,
    ResourceState,
)
from reports.run import Outcome, Run, Status
from reports.store.arrived import ArrivedRun, Fate
from reports.store.partitions import PARTITIONED
from reports.store.resource_sets import KNOWN
from reports.store.save import save_batch
from reports.store.tables import Change, Node, Resource, ResourceSet, RunDetail, StaleDay, StaleHour
from reports.store.tables import Run as RunRow
from tests.store.telling import NOW, arrive, tell_change, tell_corrected, tell_run

TABLES = (
    *(Node, RunRow, RunDetail, Change, Resource, ResourceSet),
    *(NodeState, NodeDay, NodeResourceDay, NodeResource, FleetHour),
    *(ResourceDay, ResourceState, ResourceEnvironment, FleetEvent),
)


def tell_fleet() -> list[ArrivedRun]:
    """Runs of four nodes and two tools over ten days; some told twice, once richer."""
    chance = random.Random(11)  # noqa: S311 - the same every time
    told: list[ArrivedRun] = []
    for number in range(40):
        node, tool = f"web{number % 4}", ("one", "two")[number % 3 == 0]
        at = NOW - timedelta(hours=6 * number, minutes=chance.randrange(60))
        told.append(arrive(_tell(chance, f"run {number}", node, at=at, tool=tool)))
        if number % 5 == 0:  # the start of it was told before
            begun = tell_run(f"run {number}", node, at=at, tool=tool, outcome=None, ended_at=None, richness=0)
            told.append(arrive(begun))
    told.append(ArrivedRun(tell_run("ahead", "web1", at=NOW + timedelta(days=2)), "main", NOW))
    return told


def _tell(chance: random.Random, word: str, node: str, **more: Any) -> Run:  # noqa: ANN401 - as many types as fields
    if chance.random() < 0.5:
        return tell_run(word, node, **more)
    resources = tuple(
        tell_change(f"/file{chance.randrange(5)}", corrective=chance.choice([True, False, None]), status=status)
        for status in chance.choices([Status.SUCCESS, Status.FAILED], k=chance.randrange(1, 4))
    )
    return tell_corrected(word, node, outcome=chance.choice([*Outcome]), resources=resources, **more)


FLEET = tell_fleet()


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, heat to nine digits: sums of doubles depend on their order a little."""
    return {
        table.__name__: sorted((tuple(map(_rounded, row)) for row in table.objects.values_list()), key=repr)
        for table in TABLES
    }


def _rounded(value: object) -> object:
    return float(f"{value:.9g}") if isinstance(value, float) and math.isfinite(value) else value


def recount() -> None:
    """Until nothing is stale, little by little."""
    while (counted := recount_stale(NOW, limit=7)).days or counted.hours:
        pass


@pytest.fixture
def in_order(db: None) -> dict[str, list[tuple[Any, ...]]]:
    """What must come of it: one batch, in order; then as if nothing had been."""
    with transaction.atomic():
        save_batch(FLEET, [], now=NOW)
        recount()
        rows = everything()
        transaction.set_rollback(True)
    return rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_any_batches_and_any_copies_end_the_same(
    data: st.DataObject, in_order: dict[str, list[tuple[Any, ...]]]
) -> None:
    arrivals = data.draw(st.permutations(FLEET)) + data.draw(st.lists(st.sampled_from(FLEET), max_size=10))
    with transaction.atomic():
        while arrivals:
            size = data.draw(st.integers(1, len(arrivals)))
            save_batch(arrivals[:size], [], now=NOW)
            arrivals = arrivals[size:]
            if data.draw(st.booleans()):
                recount()
        recount()
        rows = everything()
        transaction.set_rollback(True)
    assert rows == in_order


@pytest.mark.django_db(transaction=True)
def test_two_writers_and_two_recounters_at_once_end_the_same() -> None:
    save_batch(FLEET, [], now=NOW)
    recount()
    in_order = everything()
    _empty()
    failures = _at_once(
        lambda: _save_in_pieces(FLEET, seed=1),
        lambda: _save_in_pieces(FLEET[::-1], seed=2),
        lambda: [recount_stale(NOW, limit=5) for _ in range(30)],
        lambda: [recount_stale(NOW, limit=5) for _ in range(30)],
    )
    assert failures == []
    recount()
    assert everything() == in_order
    assert not StaleDay.objects.exists()
    assert not StaleHour.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_the_same_report_store_it_once() -> None:
    runs = [arrive(tell_corrected(f"run {number}", f"web{number}")) for number in range(30)]
    fates: list[Fate] = []
    works = [partial(_save_all, batch, fates) for batch in (runs, runs[::-1], runs)]
    assert _at_once(*works) == []
    assert (fates.count(Fate.NEW), fates.count(Fate.DUPLICATE)) == (30, 60)
    assert (RunRow.objects.count(), Change.objects.count()) == (30, 30)


def _save_all(batch: Sequence[ArrivedRun], fates: list[Fate]) -> None:
    fates.extend(save_batch(batch, [], now=NOW).runs)


def _save_in_pieces(runs: Sequence[ArrivedRun], *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    left = list(runs)
    while left:
        size = chance.randrange(1, 6)
        save_batch(left[:size], [], now=NOW)
        left = left[size:]


def _at_once(*works: Any) -> list[BaseException]:  # noqa: ANN401 - anything that can be called
    failures: list[BaseException] = []

    def run(work: Any) -> None:  # noqa: ANN401
        try:
            work()
        except Exception as failure:  # noqa: BLE001 - the test shows it
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failures


def _empty() -> None:
    KNOWN.forget()
    names = [*PARTITIONED, *(table._meta.db_table for table in (*TABLES, StaleDay, StaleHour))]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(dict.fromkeys(names))}")
