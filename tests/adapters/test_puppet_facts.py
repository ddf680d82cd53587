"""Facts of a node: what moves by itself, what is a package, and which machine it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.adapters.puppet import ADAPTER
from reports.run import Inventory
from tests.adapters.puppet_reports import RECEIVED_AT, command, sample


def inventory_of(values: dict[str, object], **fields: object) -> Inventory:
    told = {"certname": "web01.example.org", "values": values, **fields}
    return ADAPTER.read(command("replace_facts", told, certname="web01.example.org")).inventories[0]


def test_real_facts_become_an_inventory() -> None:
    found = ADAPTER.read(sample("puppetdb-facts")).inventories[0]
    assert (found.node, found.environment) == ("web03.corp.example", "production")
    assert found.taken_at == datetime(2026, 11, 23, 19, 29, 47, 928000, tzinfo=UTC)
    assert found.facts is not None
    assert found.facts["role"] == "app"
    assert {"memory.system.available_bytes", "memoryfree_mb", "uptime_seconds"} <= found.volatile
    assert "memory.system.total_bytes" not in found.volatile


def test_facts_without_a_time_are_of_their_arrival() -> None:
    assert inventory_of({}).taken_at == RECEIVED_AT
    assert inventory_of({}, producer_timestamp="soon").taken_at == RECEIVED_AT


def test_free_room_of_every_file_system_moves_and_its_size_does_not() -> None:
    found = inventory_of({"mountpoints": {"/var/lib": {"available_bytes": 1, "size_bytes": 2}, "/odd": "text"}})
    assert "mountpoints./var/lib.available_bytes" in found.volatile
    assert "mountpoints./var/lib.size_bytes" not in found.volatile


@pytest.mark.parametrize(
    "values",
    [
        {"_puppet_inventory_1": {"packages": [["bash", "5.2", "apt"], ["linux", "6.1"], ["linux", "6.0", "apt"]]}},
        {"packages": {"bash": "5.2", "linux": {"version": "6.0, 6.1"}}},
    ],
)
def test_packages_are_told_apart_from_facts(values: dict[str, object]) -> None:
    found = inventory_of({"role": "app", **values})
    assert found.packages == {"bash": "5.2", "linux": "6.0, 6.1"}
    assert found.facts == {"role": "app"}


def test_fact_that_is_only_called_packages_stays_a_fact() -> None:
    found = inventory_of({"packages": 412})
    assert (found.packages, found.facts) == (None, {"packages": 412})


@pytest.mark.parametrize(
    ("values", "machine"),
    [
        (
            {"dmi": {"product": {"uuid": "4C4C4544-0035-3010-8051-B7C04F4D4E3"}}},
            "4c4c4544-0035-3010-8051-b7c04f4d4e3",
        ),
        ({"dmi": {"product": {"uuid": "Not Settable"}}, "machine_id": "a1b2"}, "a1b2"),
        ({"dmi": {"product": {"uuid": "00000000-0000-0000-0000-000000000000"}}}, None),
        ({"uuid": "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"}, None),
        ({"uuid": "03000200-0400-0500-0006-000700080009"}, None),
        ({"ssh": {"rsa": {"fingerprints": {"sha256": "SSHFP 1 2 ab"}}}}, "SSHFP 1 2 ab"),
        ({"dmi": "odd", "ssh": [], "uuid": 5}, None),
    ],
)
def test_machine_is_known_by_its_board_its_id_or_its_host_key(values: dict[str, object], machine: str | None) -> None:
    assert inventory_of(values).machine == machine
