"""Rows as a file: CSV for spreadsheets, JSON for programs; written batch by batch, so that no size is too large."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from reports.analysis.cells import BYTE_ORDER_MARK, to_cell, write_rows
from reports.pages.columns import Column

Batches: TypeAlias = Iterable[Sequence[Any]]
Writer: TypeAlias = Callable[[Sequence[Column], Batches], Iterator[bytes]]


def write_csv(columns: Sequence[Column], batches: Batches) -> Iterator[bytes]:
    """The names of the columns, then a line a row, as RFC 4180 has it. Numbers stay numbers."""
    yield (BYTE_ORDER_MARK + write_rows([[column.name for column in columns]])).encode()
    for batch in batches:
        yield write_rows([[to_cell(column.value(line)) for column in columns] for line in batch]).encode()


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
