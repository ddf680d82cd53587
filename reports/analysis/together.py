"""Several questions to the database in one: for pages that ask many things which do not need each other.

Each question stays a statement of its own, in its own file, and is planned as it is alone; what it costs alone it costs
here, less a way to the database and back. Rows come as JSON, which knows neither times nor ids of runs: a question says
in which columns it has them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, TypeAlias, TypeVar, overload

from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify

Row: TypeAlias = tuple[Any, ...]
MOMENT: Final = datetime.fromisoformat  # reads a time
T = TypeVar("T")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A statement of a .sql file with its values, and what its rows come to.

    Its columns have a name each. `readers` turn the texts of columns, by their places, into what they stand for; others
    hold numbers, texts, truth or arrays of them.
    """

    statement: str
    values: Mapping[str, Any]
    read: Callable[[list[Row]], T]
    readers: Mapping[int, Callable[[str], Any]] = field(default_factory=dict)


def answer(asked: Asked[T]) -> T:
    """The answer to one question."""
    with connection.cursor() as database:
        database.execute(asked.statement, asked.values)
        return asked.read(database.fetchall())


@overload
def answer_together(first: Asked[T1], second: Asked[T2], /) -> tuple[T1, T2]: ...
@overload
def answer_together(
    first: Asked[T1], second: Asked[T2], third: Asked[T3], fourth: Asked[T4], /
) -> tuple[T1, T2, T3, T4]: ...
def answer_together(*questions: Asked[Any]) -> tuple[Any, ...]:
    """The answers to all of these, in their order. The driver puts each value into its statement, as it always does."""
    parts = (_as_json(mogrify(asked.statement, asked.values, connection)) for asked in questions)
    with connection.cursor() as database:
        database.execute(f"SELECT\n{','.join(parts)}")
        found = database.fetchone()
    return tuple(asked.read(list(_rows(asked, rows))) for asked, rows in zip(questions, found, strict=True))


def _as_json(statement: str) -> str:
    """All rows of a statement as one array of texts, in their order."""
    return f"ARRAY(SELECT to_json(asked)::text FROM (\n{statement}\n) AS asked)"  # noqa: S608 - the driver has put its values in


def _rows(asked: Asked[Any], rows: list[str]) -> Iterator[Row]:
    for row in rows:
        columns = json.loads(row).values()
        yield tuple(
            asked.readers[place](value) if place in asked.readers and value is not None else value
            for place, value in enumerate(columns)
        )
