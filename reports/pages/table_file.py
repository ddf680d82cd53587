"""Rows as a file: CSV for spreadsheets, JSON for programs; written batch by batch, so that no size is too large."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from reports.pages.columns import Column
from reports.run import Json

Batches: TypeAlias = Iterable[Sequence[Any]]
Writer: TypeAlias = Callable[[Sequence[Column], Batches], Iterator[bytes]]

BYTE_ORDER_MARK: Final = "\ufeff"  # without it a spreadsheet takes UTF-8 for something older
BETWEEN: Final = "; "  # the parts of a cell that holds several
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a text that begins so is run by spreadsheets, whoever wrote it


def write_csv(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """The names of the columns, then a line a row, as RFC 4180 has it. Numbers stay numbers."""
    yield (BYTE_ORDER_MARK + _lines([[column.name for column in columns]])).encode()
    for batch in batches:
        yield _lines([[to_cell(column.value(line)) for column in columns] for line in batch]).encode()


def write_json(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """One array of objects, a line each. It has an end only if all of it was sent."""
    yield b"["
    between = "\n"
    for batch in batches:
        pieces = []
        for line in batch:
            row = {column.name: column.value(line) for column in columns}
            pieces.append(between + json.dumps(row, ensure_ascii=False, separators=(",", ":")))
            between = ",\n"
        yield "".join(pieces).encode()
    yield b"\n]\n"


def to_cell(value: Json) -> str | int | float:
    """A value as a cell; nothing is empty. A text that a spreadsheet would run gets an apostrophe in front."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case list():
            return _harmless(BETWEEN.join(str(to_cell(one)) for one in value))
        case str():
            return _harmless(value)
        case _:
            raise TypeError(f"no cell holds a {type(value).__name__}")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(rows: Iterable[Sequence[str | int | float]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
