"""From a brief to the bytes of its PDF: accessible (PDF/UA-1), fit to be kept (PDF/A-2a), the same for the same brief.

It is set by Typst in a process of its own, without the network, fonts of the machine or files but those of `typst/`.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from reports.errors import FleetviewError
from reports.weekly.blocks import Sheets
from reports.weekly.brief import WeeklyBrief
from reports.weekly.incident_brief import IncidentBrief
from reports.weekly.paper import Paper
from reports.weekly.sheets.incident import lay_out_incident
from reports.weekly.sheets.week import lay_out_week
from reports.weekly.typeset import Order

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST_SECONDS: Final = 300  # the largest incident takes ten; what takes so long never ends


class NotPrintedError(FleetviewError):
    """A document could not be set. The brief itself is whole: its JSON and CSV can be had."""


def print_weekly_brief(brief: WeeklyBrief, paper: Paper) -> bytes:
    """The PDF of a week. Takes about a second; what it prints of a large fleet is bounded. Raises NotPrintedError."""
    return compile_sheets(lay_out_week(brief), paper, brief.about.told_at)


def print_incident_brief(brief: IncidentBrief, paper: Paper) -> bytes:
    """The PDF of an incident window: a second for each two hundred changes. Raises NotPrintedError."""
    return compile_sheets(lay_out_incident(brief), paper, brief.about.told_at)


def compile_sheets(sheets: Sheets, paper: Paper, told_at: datetime) -> bytes:
    """Any sheets. `told_at` is the only time in the document: the same sheets give the same bytes."""
    order = order_of(sheets, paper, told_at)
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "reports.weekly.typeset"],
            input=msgspec.json.encode(order),
            capture_output=True,
            check=False,
            cwd=ROOT,
            timeout=LONGEST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise NotPrintedError(f"The PDF was not set within {LONGEST_SECONDS} seconds.") from None
    if finished.returncode:
        said = finished.stderr.decode(errors="replace").strip().splitlines()
        raise NotPrintedError(f"The PDF could not be set: {said[-1] if said else f'ended by {finished.returncode}'}")
    return finished.stdout


def order_of(sheets: Sheets, paper: Paper, told_at: datetime) -> Order:
    """What the process is told."""
    return Order(msgspec.json.encode(sheets).decode(), paper.value, told_at.astimezone(UTC))
