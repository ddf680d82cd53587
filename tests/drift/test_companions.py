"""The same change on other nodes: who is counted, and who hears of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from reports.drift.companions import lock_companions
from reports.drift.explaining import save_and_explain
from reports.drift.history import COMPANION_TIME, ENOUGH_COMPANIONS, ChangeKey, History
from reports.drift.stale import ToldAgain, explain_stale
from reports.run import Cause, CauseSource, Explanation, Run
from reports.store.ids import node_id
from reports.store.tables import Change, Node, StaleCause
from tests.store.telling import NOW, arrive, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def count(history: History) -> dict[ChangeKey, Explanation]:
    """Rules that leave everything open, and say how many companions there are."""
    return {
        change.key: _counted(history.companions.get(change.key, 0))
        for changes in history.changes.values()
        for change in changes
    }


def _counted(companions: int) -> Explanation:
    if companions:
        return Explanation(Cause.INTENDED, CauseSource.PRESUMED, str(companions))
    return Explanation(Cause.UNKNOWN, None, "0")


def know(history: History) -> dict[ChangeKey, Explanation]:
    """Rules that know everything from the node itself."""
    known = Explanation(Cause.CORRECTIVE, CauseSource.INFERRED, "known")
    return {change.key: known for changes in history.changes.values() for change in changes}


def save(*runs: Run, site: str = "main", rules: Any = count) -> None:  # noqa: ANN401
    save_and_explain([replace(arrive(run, site=site), explanations=()) for run in runs], [], now=NOW, rules=rules)


def change_on(node: str, *, ago: timedelta = timedelta(0), **more: Any) -> Run:  # noqa: ANN401
    resources = (tell_change(corrective=None),)  # where the tool knows of drift by itself, nobody asks companions
    return tell_corrected(node, node, at=NOW - ago, **{"resources": resources, **more})


def counted(node: str, site: str = "main") -> str:
    return Change.objects.get(node_id=node_id(site, node)).reason


def work_off() -> int:
    """How many nodes were told again."""
    nodes = 0
    while told := explain_stale(NOW, rules=count).nodes:
        nodes += told
    return nodes


def test_nodes_of_one_batch_are_companions_at_once() -> None:
    save(change_on("web1"), change_on("web2"))
    assert (counted("web1"), counted("web2")) == ("1", "1")
    assert not StaleCause.objects.exists()


def test_one_that_came_before_hears_of_it() -> None:
    save(change_on("web1", ago=HOUR))
    save(change_on("web2"))
    assert (counted("web1"), counted("web2")) == ("0", "1")
    assert work_off() == 1
    assert counted("web1") == "1"


def test_one_that_happened_later_and_came_before_hears_of_it() -> None:
    save(change_on("web1"))
    save(change_on("web2", ago=HOUR))
    work_off()
    assert counted("web1") == "1"


@pytest.mark.parametrize(
    ("ago", "companions"), [(COMPANION_TIME, "1"), (COMPANION_TIME + timedelta(milliseconds=1), "0")]
)
def test_companions_are_no_further_apart_than_a_roll_out_takes(ago: timedelta, companions: str) -> None:
    save(change_on("web1", ago=ago))
    save(change_on("web2"))
    work_off()
    assert (counted("web1"), counted("web2")) == (companions, companions)


def test_another_site_another_environment_and_another_value_are_no_companions() -> None:
    save(change_on("web1"))
    save(change_on("web2"), site="lab")
    save(change_on("web3", environment="staging"), change_on("web4", resources=(tell_change(new="other"),)))
    assert {counted("web1"), counted("web2", "lab"), counted("web3"), counted("web4")} == {"0"}
    assert not StaleCause.objects.exists()


def test_the_same_node_is_no_companion_of_itself() -> None:
    save(change_on("web1", ago=HOUR))
    save(tell_corrected("again", "web1"))
    assert {*Change.objects.values_list("reason", flat=True)} == {"0"}
    assert not StaleCause.objects.exists()


def test_a_change_that_goes_is_no_companion_any_more() -> None:
    save(change_on("web1", ago=HOUR), change_on("web2"))
    save(tell_run("web2", "web2", richness=2))
    work_off()
    assert counted("web1") == "0"


def test_who_is_sure_by_itself_is_not_told_again() -> None:
    save(change_on("web1"), rules=know)
    save(change_on("web2"))
    assert not StaleCause.objects.exists()
    assert counted("web2") == "1"


def test_who_has_enough_is_not_told_of_more() -> None:
    for number in range(1, ENOUGH_COMPANIONS + 2):
        save(change_on(f"web{number}", ago=number * timedelta(minutes=1)))
        work_off()
    save(change_on("late"))
    assert not StaleCause.objects.exists()
    assert {*Change.objects.values_list("reason", flat=True)} == {str(ENOUGH_COMPANIONS)}


def test_who_has_almost_enough_is_told() -> None:
    for number in range(ENOUGH_COMPANIONS):
        save(change_on(f"web{number}", ago=number * timedelta(minutes=1)))
    work_off()
    assert {*Change.objects.values_list("reason", flat=True)} == {str(ENOUGH_COMPANIONS - 1)}
    save(change_on("late"))
    assert work_off() == ENOUGH_COMPANIONS


def test_a_node_that_changes_the_same_all_the_time_counts_once_and_hides_nobody() -> None:
    again = (tell_change(corrective=None),)
    save(*(tell_corrected(f"loop {n}", "loop", at=NOW - timedelta(seconds=n), resources=again) for n in range(40)))
    save(change_on("web1", ago=HOUR), change_on("web2"))
    assert (counted("web1"), counted("web2")) == ("2", "2")


def test_a_mark_made_while_a_node_is_told_again_stays() -> None:
    save(change_on("web1", ago=HOUR))
    save(change_on("web2"))

    def mark_meanwhile(history: History) -> dict[ChangeKey, Explanation]:
        StaleCause.objects.update(marks=7)
        return count(history)

    assert explain_stale(NOW, rules=mark_meanwhile).nodes == 1
    assert StaleCause.objects.get().marks == 7


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_at_once_one_sees_the_other() -> None:
    """The second waits before it counts, and both are right when it is done."""
    is_first_done, failures = threading.Event(), []

    def save_second() -> None:
        try:
            save(change_on("web2"))
            assert is_first_done.is_set()
        except Exception as failure:  # noqa: BLE001 - the test shows it
            failures.append(failure)
        finally:
            connection.close()

    second = threading.Thread(target=save_second)
    with transaction.atomic():
        save(change_on("web1"))
        second.start()
        second.join(timeout=0.5)
        is_first_done.set()
    second.join(timeout=60)
    assert failures == []
    work_off()
    assert (counted("web1"), counted("web2")) == ("1", "1")


@pytest.mark.django_db(transaction=True)
def test_a_node_that_a_writer_holds_is_left_for_later() -> None:
    save(change_on("web1", ago=HOUR))
    save(change_on("web2"))
    with transaction.atomic():
        [*Node.objects.filter(name="web1").select_for_update()]
        assert _elsewhere(lambda: explain_stale(NOW, rules=count)) == ToldAgain(is_busy=True)
    assert explain_stale(NOW, rules=count).nodes == 1
    assert explain_stale(NOW, rules=count) == ToldAgain()


def test_taking_the_lock_again_does_no_harm() -> None:
    with connection.cursor() as cursor:
        lock_companions(cursor)
        lock_companions(cursor)


def _elsewhere(act: Callable[[], object]) -> object:
    """What it gives on a connection of its own."""
    given: list[object] = []

    def run() -> None:
        given.append(act())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    return given[0]
