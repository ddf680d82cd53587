"""Facts and packages in; the newest kept, and what changed since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from reports.run import Inventory as Told
from reports.store.arrived import Fate
from reports.store.differences import MOST_DIFFERENCES
from reports.store.tables import Inventory, InventoryChange, Node, NodeLife, StaleDay
from tests.store.telling import NOW, save, save_inventories, tell_run

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def tell(at: datetime = NOW, **more: Any) -> Told:  # noqa: ANN401 - as many types as fields
    """Something that one tool found on one node."""
    return Told(**{"tool": "one", "node": "web1", "taken_at": at, **more})


def changes() -> list[tuple[str, Any, Any]]:
    """Name, old and new of all that changed, in order."""
    return list(InventoryChange.objects.order_by("at", "ordinal").values_list("name", "old", "new"))


def test_the_first_inventory_is_kept_and_is_no_change() -> None:
    assert save_inventories(tell(facts={"os": "a"}, packages={"vim": "1"})).inventories == (Fate.NEW,)
    row = Inventory.objects.get()
    assert (row.facts, row.packages, row.facts_at, row.packages_at) == ({"os": "a"}, {"vim": "1"}, NOW, NOW)
    assert changes() == []


def test_nested_facts_are_compared_by_dotted_path() -> None:
    save_inventories(tell(facts={"os": {"name": "d", "release": {"major": 12}}, "gone": 1, "list": [1]}))
    save_inventories(tell(NOW + HOUR, facts={"os": {"name": "d", "release": {"major": 13}}, "list": [2], "null": None}))
    assert changes() == [("gone", 1, None), ("list", [1], [2]), ("null", None, None), ("os.release.major", 12, 13)]


def test_what_is_volatile_at_any_level_is_no_change() -> None:
    save_inventories(tell(facts={"uptime": {"s": 1}, "memory": {"free": 1, "total": 2}}))
    volatile = frozenset({"uptime", "memory.free"})
    save_inventories(tell(NOW + HOUR, facts={"uptime": {"s": 2}, "memory": {"free": 2, "total": 2}}, volatile=volatile))
    assert changes() == []
    assert Inventory.objects.values_list("facts__uptime__s", flat=True).get() == 2


def test_packages_that_came_went_and_moved_are_told() -> None:
    save_inventories(tell(packages={"vim": "1", "less": "1", "same": "1"}))
    save_inventories(tell(NOW + HOUR, packages={"vim": "2", "jq": "1", "same": "1"}))
    assert changes() == [("jq", None, "1"), ("less", "1", None), ("vim", "1", "2")]
    assert all(InventoryChange.objects.values_list("is_package", flat=True))


def test_facts_and_packages_go_by_their_own_times() -> None:
    save_inventories(tell(NOW, facts={"a": 2}))
    assert save_inventories(tell(NOW - HOUR, facts={"a": 1}, packages={"vim": "1"})).inventories == (Fate.NEW,)
    row = Inventory.objects.get()
    assert (row.facts, row.facts_at, row.packages, row.packages_at) == ({"a": 2}, NOW, {"vim": "1"}, NOW - HOUR)


def test_an_inventory_that_is_not_newer_changes_nothing() -> None:
    save_inventories(tell(facts={"a": 2}))
    again, older = tell(facts={"a": 3}), tell(NOW - HOUR, facts={"a": 1})
    assert save_inventories(again, older).inventories == (Fate.DUPLICATE, Fate.DUPLICATE)
    assert Inventory.objects.get().facts == {"a": 2}


def test_several_inventories_of_one_batch_are_taken_in_the_order_of_their_times() -> None:
    late, early = tell(NOW + HOUR, facts={"a": 2}), tell(NOW, facts={"a": 1})
    assert save_inventories(late, early).inventories == (Fate.NEW, Fate.NEW)
    assert changes() == [("a", 1, 2)]


def test_each_tool_has_its_own_inventory_of_a_node() -> None:
    save_inventories(tell(tool="one", facts={"a": 1}), tell(tool="two", facts={"a": 2}))
    assert Inventory.objects.count() == 2
    assert changes() == []


def test_facts_that_jsonb_cannot_hold_are_mended_once_and_then_agree() -> None:
    deep: Any = "end"
    for _ in range(2000):
        deep = [deep]
    nasty = {
        "nul\0": "a\0",
        "nan": float("nan"),
        "huge": 10**5000,
        "half": "\ud800",
        "deep": deep,
        "inf": [float("inf")],
    }
    save_inventories(tell(facts=nasty))
    save_inventories(tell(NOW + HOUR, facts=nasty))
    facts: Any = Inventory.objects.get().facts
    assert (facts["nul\N{SYMBOL FOR NULL}"], facts["nan"], facts["half"]) == ("a\N{SYMBOL FOR NULL}", "nan", "\ufffd")
    assert facts["huge"].startswith("… [an integer of")
    assert changes() == []


def test_differences_without_end_are_bounded_and_say_so() -> None:
    save_inventories(tell(facts={f"fact{number}": 1 for number in range(5000)}))
    save_inventories(tell(NOW + HOUR, facts={f"fact{number}": 2 for number in range(5000)}))
    assert InventoryChange.objects.count() == MOST_DIFFERENCES + 1
    assert InventoryChange.objects.filter(name="… [more differences, not kept]").exists()


def test_a_node_known_by_its_inventory_alone_is_marked_to_be_listed() -> None:
    save_inventories(tell(facts={}))
    assert (Node.objects.get().name, StaleDay.objects.count()) == ("web1", 1)


def test_a_rebuilt_machine_begins_a_new_life() -> None:
    save(tell_run("a", machine="m1"), tell_run("b", at=NOW + HOUR, machine="m1"))
    save(tell_run("c", at=NOW + 3 * HOUR, machine="m2"))
    save_inventories(tell(NOW + 4 * HOUR, facts={}, machine="m2"))
    assert lives() == [("m1", NOW), ("m2", NOW + 3 * HOUR)]


def test_a_late_report_moves_the_beginning_of_a_life() -> None:
    save(tell_run("a", machine="m1"), tell_run("c", at=NOW + 3 * HOUR, machine="m2"))
    save(tell_run("b", at=NOW + 2 * HOUR, machine="m2"))
    assert lives() == [("m1", NOW), ("m2", NOW + 2 * HOUR)]


def lives() -> list[tuple[str, datetime]]:
    """The machines behind the node's name, and since when."""
    return list(NodeLife.objects.order_by("since").values_list("machine", "since"))
