"""A value as one cell of a CSV file, harmless in a spreadsheet: for every file of rows that leaves Fleetview."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from reports.run import Json

BYTE_ORDER_MARK: Final = "\ufeff"  # without it a spreadsheet takes UTF-8 for something older
BETWEEN: Final = "; "  # the parts of a cell that holds several
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a text that begins so is run by spreadsheets, whoever wrote it


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


def write_rows(rows: Iterable[Sequence[str | int | float]]) -> str:
    """Cells as lines of CSV, as RFC 4180 has them."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
