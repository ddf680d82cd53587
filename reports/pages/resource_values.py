"""The values of a property side by side: each once, with the environments that have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from reports.analysis.resource_values import PropertyValues, ValueCount

MOST_VALUES = 8  # of each side


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value over all environments. `side` is found or wanted; `places` are its environments, most nodes first.

    `nodes` counts a node anew for each environment that it was in. `code_version` is that of the first run.
    """

    side: str
    value: str
    nodes: int
    changes: int
    first_at: datetime
    last_at: datetime
    code_version: str | None
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PropertyTable:
    """One property: what is wanted, then what was found; `left_out` are values that nearly nobody has."""

    property: str | None
    differs_by_environment: bool
    rows: tuple[ValueRow, ...]
    left_out: int


def lay_out_values(values: PropertyValues) -> PropertyTable:
    """The table of one property."""
    wanted, found = _rows("wanted", values.wanted), _rows("found", values.found)
    shown = (*wanted[:MOST_VALUES], *found[:MOST_VALUES])
    left_out = len(wanted) + len(found) - len(shown)
    return PropertyTable(values.property, values.differs_by_environment, shown, left_out)


def _rows(side: str, counts: Sequence[ValueCount]) -> list[ValueRow]:
    """One row a value, that with most changes first."""
    by_value: dict[str, list[ValueCount]] = {}
    for count in counts:
        by_value.setdefault(count.value, []).append(count)
    rows = [_row(side, value, own) for value, own in by_value.items()]
    return sorted(rows, key=lambda row: -row.changes)


def _row(side: str, value: str, counts: Sequence[ValueCount]) -> ValueRow:
    first = min(counts, key=attrgetter("first_at"))
    return ValueRow(
        side=side,
        value=value,
        nodes=sum(count.nodes for count in counts),
        changes=sum(count.changes for count in counts),
        first_at=first.first_at,
        last_at=max(count.last_at for count in counts),
        code_version=first.code_version,
        places=tuple(sorted(((count.environment, count.nodes) for count in counts), key=lambda place: -place[1])),
    )
