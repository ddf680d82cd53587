"""Rows into tables by PostgreSQL's COPY, the fastest way in by far (docs/decisions/ has the measurement)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID

from django.db import connection

Field: TypeAlias = "str | int | float | bool | datetime | UUID | None"

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_NULL = r"\N"


class Copier(Protocol):
    """A psycopg2 cursor, or Django's wrapper of one."""

    def copy_expert(self, sql: str, file: io.StringIO) -> None: ...


def copy_rows(cursor: Copier, table: str, columns: Sequence[str], rows: Iterable[Sequence[Field]]) -> None:
    """Append rows whose text is clean (see text.py) and whose fields stand in the order of `columns`."""
    lines = ["\t".join([_written(field) for field in row]) for row in rows]
    if not lines:
        return
    lines.append("")
    with connection.wrap_database_errors:  # Django does so for its own calls alone
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO("\n".join(lines)))


def _written(field: Field) -> str:
    if field is None:
        return _NULL
    if isinstance(field, str):
        return field.translate(_ESCAPES)
    return str(field)
