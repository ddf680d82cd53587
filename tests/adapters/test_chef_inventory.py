"""Chef's node object → facts and packages."""

from __future__ import annotations

import json
from typing import Any

from reports.run import Inventory
from tests.adapters.chef_messages import end, read


def _inventory(**automatic: Any) -> Inventory:  # noqa: ANN401 - any JSON
    (inventory,) = read(end(entity_uuid="e2c9", node={"chef_environment": "qa", "automatic": automatic})).inventories
    return inventory


def test_automatic_attributes_are_facts_of_the_node() -> None:
    told = _inventory(platform="debian", ohai_time=1.5, lsb={"id": "Debian"})
    assert (told.node, told.environment, told.machine, told.organization) == ("web-01", "qa", "e2c9", "acme")
    assert told.facts == {"platform": "debian", "ohai_time": 1.5, "lsb": {"id": "Debian"}}
    assert "ohai_time" in told.volatile


def test_what_moves_by_itself_or_names_people_is_left_out() -> None:
    told = _inventory(
        memory={"total": "8kB", "free": "1kB"},
        kernel={"release": "6.1", "modules": {"ext4": {}}},
        etc={"passwd": {}},
        network={},
        mine="x" * 20_000,
    )
    assert told.facts == {"memory": {"total": "8kB"}, "kernel": {"release": "6.1"}}


def test_attribute_nested_past_reason_is_left_out_and_the_rest_counts() -> None:
    body = json.dumps(end(node={"automatic": {"mine": "@", "os": "linux"}})).replace('"@"', "[" * 900 + "]" * 900)
    (inventory,) = read(body.encode()).inventories
    assert inventory.facts == {"os": "linux"}


def test_odd_keys_and_numbers_are_kept_and_secret_keys_are_not() -> None:
    told = _inventory(**{"": 2**70, "a.b": [{"password": "x", "user": "y"}]})
    assert told.facts == {"": 2**70, "a.b": [{"user": "y"}]}


def test_packages_are_told_apart_from_facts() -> None:
    told = _inventory(packages={"acl": {"version": "2.2", "arch": "amd64"}, "odd": {}})
    assert (told.packages, told.facts) == ({"acl": "2.2"}, {})
    assert _inventory(packages=[1], os="linux").packages is None


def test_node_that_never_loaded_has_no_inventory() -> None:
    assert read(end(node={})).inventories == ()
    assert read(end(node=None)).inventories == ()
    assert read(end(message_type="run_start", node={"automatic": {"os": "linux"}})).inventories == ()
