"""Whatever the order, the batches and the copies: the causes are those of the whole history, explained at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import connection, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reports.drift import causes, slices
from reports.drift.explaining import Rules, save_and_explain
from reports.drift.stale import explain_stale
from reports.store.arrived import ArrivedInventory, ArrivedRun
from reports.store.resource_sets import KNOWN
from reports.store.tables import Change, StaleCause
from tests.drift import fingerprint
from tests.drift.fleets import Arrival, tell_fleet
from tests.drift.whole import must_be, stored
from tests.store.telling import NOW

RULES = [pytest.param(fingerprint.explain, id="fingerprint"), pytest.param(causes.explain, id="causes")]


def save(arrivals: Sequence[Arrival], rules: Rules) -> None:
    """One batch."""
    runs = [one for one in arrivals if isinstance(one, ArrivedRun)]
    inventories = [one for one in arrivals if isinstance(one, ArrivedInventory)]
    save_and_explain(runs, inventories, now=NOW, rules=rules)


def work_off(rules: Rules, *, limit: int = 2) -> None:
    """Until nothing is marked."""
    while explain_stale(NOW, limit=limit, rules=rules).nodes:
        pass
    assert not StaleCause.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("rules", RULES)
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(data=st.data())
def test_any_order_any_batches_and_any_copies_end_as_the_whole_history_has_it(
    data: st.DataObject, rules: Rules
) -> None:
    fleet = tell_fleet(data.draw(st.integers(0, 1000)))
    chance = random.Random(data.draw(st.integers(0, 1000)))  # noqa: S311 - the same every time
    arrivals = fleet + chance.choices(fleet, k=10)
    if data.draw(st.booleans()):
        chance.shuffle(arrivals)
    with transaction.atomic():
        while arrivals:
            size = chance.choice([1, 2, 5, 20, len(arrivals)])
            save(arrivals[:size], rules)
            arrivals = arrivals[size:]
            if chance.random() < 0.2:
                work_off(rules)
        work_off(rules)
        told, wanted = stored(), must_be(rules)
        transaction.set_rollback(True)
        KNOWN.forget()
    assert told == wanted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rules", RULES)
def test_two_drains_and_two_that_work_off_marks_at_once_end_the_same(rules: Rules) -> None:
    fleet = tell_fleet(5)
    failures = _at_once(
        lambda: _save_in_pieces(fleet, rules, seed=1),
        lambda: _save_in_pieces(fleet[::-1], rules, seed=2),
        lambda: [explain_stale(NOW, limit=1, rules=rules) for _ in range(60)],
        lambda: [explain_stale(NOW, limit=3, rules=rules) for _ in range(60)],
    )
    assert failures == []
    work_off(rules)
    assert Change.objects.count() > 30
    assert stored() == must_be(rules)


@pytest.mark.django_db
@pytest.mark.parametrize("rules", RULES)
def test_a_node_explained_in_many_slices_is_explained_as_in_one(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "MOST_WEIGHT", 5)
    save(tell_fleet(7)[::-1], rules)
    work_off(rules)
    assert stored() == must_be(rules)


def _save_in_pieces(arrivals: Sequence[Arrival], rules: Rules, *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    left = list(arrivals)
    while left:
        size = chance.randrange(1, 6)
        save(left[:size], rules)
        left = left[size:]


def _at_once(*works: Callable[[], object]) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
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
