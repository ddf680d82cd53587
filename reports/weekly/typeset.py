"""Sets one document and ends: `python -m reports.weekly.typeset`, an order on its input, the PDF on its output.

A process of its own, because Typst keeps what it worked out of the last ten documents, hundreds of megabytes of a long
one, and whoever prints lives for weeks. What goes wrong in it ends nothing else.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import typst

from reports.weekly.fonts import FALLBACKS, load_fonts

TEMPLATES: Final = Path(__file__).parent / "typst"
STANDARDS: Final[list[typst.PDFStandard]] = ["ua-1", "a-2a"]


class Order(msgspec.Struct, frozen=True):
    """The blocks as JSON, the paper by Typst's name, and the moment that the document bears."""

    sheets: str
    paper: str
    at: datetime


def set_document(order: Order) -> bytes:
    """The PDF. What the sheets hold is handed over as values: it passes through nothing that reads markup."""
    compiler = typst.Compiler(
        TEMPLATES / "brief.typ",
        root=TEMPLATES,
        font_paths=load_fonts(),
        ignore_system_fonts=True,
        sys_inputs={
            "brief": order.sheets,
            "fallbacks": msgspec.json.encode(list(FALLBACKS)).decode(),
            "paper": order.paper,
        },
    )
    made = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=order.at.replace(microsecond=0))
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no document")  # it gives a list for pictures of pages only
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(set_document(msgspec.json.decode(sys.stdin.buffer.read(), type=Order)))
