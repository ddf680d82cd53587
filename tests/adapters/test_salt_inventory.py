"""Grains and packages become an inventory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from reports.errors import UnreadableReport
from tests.adapters.salt_results import NODE, event, read


def test_grains_are_facts_with_the_machine_behind_them() -> None:
    grains = {"id": NODE, "os": "Debian", "pid": 21, "uuid": "4C4C4544-0042", "machine_id": "abc"}
    (found,) = read(event(grains, fun="grains.items"), environment="production").inventories
    assert (found.facts, found.packages, found.node) == (grains, None, NODE)
    assert (found.environment, found.machine) == ("production", "4c4c4544-0042")
    assert found.taken_at == datetime(2026, 11, 23, 19, 45, tzinfo=UTC)
    assert "pid" in found.volatile


@pytest.mark.parametrize(("grains", "machine"), [({"machine_id": "abc"}, "abc"), ({}, None), ({"uuid": ""}, None)])
def test_machine_is_told_as_well_as_the_grains_allow(grains: dict[str, Any], machine: str | None) -> None:
    (found,) = read(event(grains, fun="grains.items")).inventories
    assert found.machine == machine


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ("2.6.1", "2.6.1"),
        ("5.10,5.15", "5.10, 5.15"),
        (["5.10", "5.15"], "5.10, 5.15"),
        ([{"version": "1.0", "arch": "amd64"}], "1.0"),
        (7, "7"),
    ],
)
def test_packages_with_one_version_or_several(told: object, version: str) -> None:
    (found,) = read(event({"linux-image": told}, fun="pkg.list_pkgs")).inventories
    assert (found.packages, found.facts) == ({"linux-image": version}, None)


def test_salt_call_without_metadata_may_name_the_function_in_the_query() -> None:
    (found,) = read({"local": {"apt": "2.6.1"}}, node=NODE, fun="pkg.list_pkgs").inventories
    assert found.packages == {"apt": "2.6.1"}


def test_inventory_that_failed_is_refused() -> None:
    with pytest.raises(UnreadableReport, match=r"pkg\.list_pkgs of web01"):
        read(event("The minion function caused an exception", fun="pkg.list_pkgs"))
