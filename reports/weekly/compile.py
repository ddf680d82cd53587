"""From a brief to the bytes of its PDF: accessible (PDF/UA-1), fit to be kept (PDF/A-2a), the same for the same brief.

Typst compiles it within this process, without files of its own, fonts of the machine or the network. What the brief
holds is handed over as JSON that is read as values: it never passes through anything that reads markup.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import typst

from reports.weekly.blocks import Sheets
from reports.weekly.brief import WeeklyBrief
from reports.weekly.fonts import FALLBACKS, load_fonts
from reports.weekly.incident_brief import IncidentBrief
from reports.weekly.paper import Paper
from reports.weekly.sheets.incident import lay_out_incident
from reports.weekly.sheets.week import lay_out_week

TEMPLATES: Final = Path(__file__).parent / "typst"
STANDARDS: Final[list[typst.PDFStandard]] = ["ua-1", "a-2a"]


def print_weekly_brief(brief: WeeklyBrief, paper: Paper) -> bytes:
    """The PDF of a week. Takes up to two seconds; what it prints of a large fleet is bounded."""
    return compile_sheets(lay_out_week(brief), paper, brief.about.told_at)


def print_incident_brief(brief: IncidentBrief, paper: Paper) -> bytes:
    """The PDF of an incident window."""
    return compile_sheets(lay_out_incident(brief), paper, brief.about.told_at)


def compile_sheets(sheets: Sheets, paper: Paper, told_at: datetime) -> bytes:
    """Any sheets. `told_at` is the only time in the document: the same sheets give the same bytes."""
    compiler = typst.Compiler(
        TEMPLATES / "brief.typ",
        root=TEMPLATES,
        font_paths=load_fonts(),
        ignore_system_fonts=True,
        sys_inputs={
            "brief": msgspec.json.encode(sheets).decode(),
            "fallbacks": msgspec.json.encode(list(FALLBACKS)).decode(),
            "paper": paper.value,
        },
    )
    made = compiler.compile(
        format="pdf", pdf_standards=STANDARDS, timestamp=told_at.astimezone(UTC).replace(microsecond=0)
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no document")  # it gives a list for pictures of pages only
    return made
