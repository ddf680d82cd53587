"""Which values was one resource found with, and which was it to have, over all nodes?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from reports.sql import load

COUNT_VALUES = load(__file__, "count_values_of_resource")
FIND_CODE_VERSIONS = load(__file__, "find_code_versions")
MOST_READ = 2_000  # changes
MOST_TOLD = 100  # values


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value of a property in one environment: found by so many changes, or wanted by them, on so many nodes.

    `first_at` and `last_at` are within the window. `code_version` is that of the first run that told it; None: no code
    version was told. No environment told: an empty one.
    """

    property: str | None
    is_wanted: bool
    value: str
    environment: str
    changes: int
    nodes: int
    first_at: datetime
    last_at: datetime
    first_node_id: int
    first_run_id: UUID
    code_version: str | None = None


@dataclass(frozen=True, slots=True)
class PropertyValues:
    """The values of one property, most frequent first."""

    property: str | None
    found: tuple[ValueCount, ...]
    wanted: tuple[ValueCount, ...]
    differs_by_environment: bool  # several environments want it, and no value is wanted by all of them


def count_values(resource_id: int, *, since: datetime, until: datetime) -> tuple[PropertyValues, ...]:
    """By property, those with most changes first. Reads the newest MOST_READ changes of the window at most."""
    asked: dict[str, Any] = {
        "resource_id": resource_id,
        "since": since,
        "until": until,
        "most_read": MOST_READ,
        "most_told": MOST_TOLD,
    }
    with connection.cursor() as database:
        database.execute(COUNT_VALUES, asked)
        counted = [ValueCount(*row) for row in database.fetchall()]
    return gather_values(_with_code_versions(counted))


def gather_values(counted: Sequence[ValueCount]) -> tuple[PropertyValues, ...]:
    """The same counts, by property."""
    by_property: dict[str | None, list[ValueCount]] = {}
    for value in counted:
        by_property.setdefault(value.property, []).append(value)
    return tuple(
        PropertyValues(
            property=property_,
            found=tuple(value for value in values if not value.is_wanted),
            wanted=tuple(value for value in values if value.is_wanted),
            differs_by_environment=_differs([value for value in values if value.is_wanted]),
        )
        for property_, values in by_property.items()
    )


def _differs(wanted: Sequence[ValueCount]) -> bool:
    by_environment: dict[str, set[str]] = {}
    for value in wanted:
        by_environment.setdefault(value.environment, set()).add(value.value)
    return len(by_environment) > 1 and not set.intersection(*by_environment.values())


def _with_code_versions(counted: Sequence[ValueCount]) -> list[ValueCount]:
    """The wanted values with the code version of their first run: one look-up by key for all of them."""
    first = [value for value in counted if value.is_wanted]
    keys: dict[str, Any] = {
        "node_ids": [value.first_node_id for value in first],
        "ats": [value.first_at for value in first],
        "ids": [str(value.first_run_id) for value in first],
    }
    with connection.cursor() as database:
        database.execute(FIND_CODE_VERSIONS, keys)
        versions = {(node_id, run_id): version for node_id, run_id, version in database.fetchall()}
    return [
        replace(value, code_version=versions.get((value.first_node_id, value.first_run_id)))
        if value.is_wanted
        else value
        for value in counted
    ]
