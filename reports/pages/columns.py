"""The columns of a list, declared once: the head of its table, what can be chosen, and how CSV and JSON read a row."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from reports.run import Json


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is what the API, exports and `?columns=` call it; without a `label` it is in exports alone.

    `path` is where its value lies in a line of the answer, with dots; the name unless said otherwise. `orders` are the
    values of `?sort=` that it stands for, the usual one first. A fixed one heads the row and cannot be left out.
    """

    name: str
    label: str = ""
    meaning: str = ""
    path: str = ""
    css: str = ""
    group: str = ""
    orders: tuple[str, ...] = ()
    is_usual: bool = True
    is_fixed: bool = False

    def value(self, line: object) -> Json:
        """What this column tells of a line, as JSON has it."""
        value: Any = line
        for part in (self.path or self.name).split("."):
            value = None if value is None else getattr(value, part)
        return to_json(value)


def to_json(value: object) -> Json:
    """A value as the API writes it: times in UTC with a Z, members of an enum by their word."""
    match value:
        case enum.Enum():
            return value.name.lower()
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case tuple() | list():
            return [to_json(one) for one in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise TypeError(f"no column holds a {type(value).__name__}")


def on_page(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Those that a table can show."""
    return tuple(column for column in columns if column.label)
