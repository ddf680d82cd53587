"""Which values was one resource of a node found with, and which was it to have, over time?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from reports.analysis.together import MOMENT, Asked, Row
from reports.run import Cause, Status
from reports.sql import load

LIST_VALUE_STEPS = load(__file__, "list_value_steps")
MOST_STEPS = 200


class ValueStep(NamedTuple):
    """One change of one property: what was found and what was wanted, cut to what a table has room for."""

    at: datetime
    run_id: UUID
    ordinal: int
    status: Status
    cause: Cause
    property: str | None
    old: str | None
    new: str | None
    has_diff: bool
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class ValueSeen:
    """A value: how many changes found it (or wanted it), and when the first and the last of them were."""

    value: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PropertyHistory:
    """One property, its steps newest first. `wanted` and `found` come newest first, each value once."""

    property: str | None
    wanted: tuple[ValueSeen, ...]
    found: tuple[ValueSeen, ...]
    steps: tuple[ValueStep, ...]


@dataclass(frozen=True, slots=True)
class ValueHistory:
    """All properties, that which changed last first. Not `is_whole`: there were more changes than are read."""

    properties: tuple[PropertyHistory, ...]
    is_whole: bool


def ask_value_history(node_id: int, resource_id: int, *, most: int = MOST_STEPS) -> Asked[ValueHistory]:
    """The newest changes of the resource on the node, by an index of their own: at most `most` rows."""

    def read(rows: list[Row]) -> ValueHistory:
        steps = [
            ValueStep(at, run_id, ordinal, Status(status), Cause(cause), *texts)
            for at, run_id, ordinal, status, cause, *texts in rows
        ]
        return tell_history(steps, is_whole=len(steps) < most)

    values = {"node_id": node_id, "resource_id": resource_id, "most": most}
    return Asked(LIST_VALUE_STEPS, values, read, readers={0: MOMENT, 1: UUID})


def tell_history(steps: Sequence[ValueStep], *, is_whole: bool) -> ValueHistory:
    """Steps, newest first, by their property."""
    by_property: dict[str | None, list[ValueStep]] = {}
    for step in steps:
        by_property.setdefault(step.property, []).append(step)
    return ValueHistory(tuple(_tell_property(name, own) for name, own in by_property.items()), is_whole)


def _tell_property(name: str | None, steps: Sequence[ValueStep]) -> PropertyHistory:
    """A step that did not come about still found its value; what it wanted was not set."""
    return PropertyHistory(
        property=name,
        wanted=_count((step.new, step.at) for step in steps if step.status is Status.SUCCESS),
        found=_count((step.old, step.at) for step in steps),
        steps=tuple(steps),
    )


def _count(told: Iterable[tuple[str | None, datetime]]) -> tuple[ValueSeen, ...]:
    moments: dict[str, list[datetime]] = {}
    for value, at in told:
        if value is not None:
            moments.setdefault(value, []).append(at)
    return tuple(ValueSeen(value, len(ats), min(ats), max(ats)) for value, ats in moments.items())
