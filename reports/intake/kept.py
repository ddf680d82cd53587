"""The bytes of understood reports, kept for a while so that a later version may read them again.

kept/<day>/<class>/<run id>.<name in the spool>, the class by how the run ended, each with days of its own.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from reports.adapters.discovery import doors
from reports.intake.claims import Claims
from reports.intake.envelope import ZSTD
from reports.intake.packing import packed
from reports.intake.prepare import Understood
from reports.intake.redaction import Redaction
from reports.intake.setup import folder
from reports.intake.spool import Spooled, named
from reports.run import Outcome

logger = logging.getLogger(__name__)

UNCHANGED: Final = "unchanged"
EVENTFUL: Final = "eventful"


def keep(claims: Claims, report: Understood, redaction: Redaction) -> None:
    """Move a claimed report to the kept ones, without its secrets; or drop it, where its class is not kept at all.

    A report that cannot be kept is no reason to stop: what it told is stored already.
    """
    kind = kind_of(report)
    try:
        if report.runs and kept_days()[kind]:
            _move(claims, report, redaction, kind)
    except Exception:
        logger.exception("Report %s is stored, but its bytes could not be kept", report.spooled.id)
    claims.done(report.spooled)


def kind_of(report: Understood) -> str:
    """The class that a report is kept in."""
    is_dull = all(run.outcome in (Outcome.UNCHANGED, None) for run in report.runs)
    return UNCHANGED if is_dull else EVENTFUL


def kept_days() -> dict[str, int]:
    """How many days each class is kept."""
    return {UNCHANGED: settings.FLEETVIEW_KEEP_UNCHANGED_DAYS, EVENTFUL: settings.FLEETVIEW_KEEP_EVENTFUL_DAYS}


def prune_kept(now: datetime) -> int:
    """Drop the days that have been kept long enough; how many folders."""
    pruned = 0
    for day, kind, path in _folders():
        if day < (now.astimezone(UTC) - timedelta(days=kept_days().get(kind, 0))).date():
            shutil.rmtree(path)
            pruned += 1
    return pruned


def kept_since(day: date) -> Iterator[tuple[Path, Spooled]]:
    """The kept reports that arrived on `day` or later, and the names they had in the spool; in order of days."""
    for found, _, path in sorted(_folders()):
        if found >= day:
            for file in sorted(path.iterdir(), key=lambda file: file.name.partition(".")[2]):
                if spooled := named(file.name.partition(".")[2]):
                    yield file, spooled


def _move(claims: Claims, report: Understood, redaction: Redaction, kind: str) -> None:
    """A rename where nothing had to be taken out, which is nearly always; else a new file."""
    name = replace(report.spooled, deaths=0, is_again=False).name  # read again, it lies where it lay
    target = _place(report.envelope.received_at.date(), kind) / f"{report.runs[0].run_id}.{name}"
    adapter, _ = doors()[report.envelope.door]
    body = redaction.raw(adapter.redact(report.body))
    source = claims.path(report.spooled)
    if body is not report.body:
        source = source.with_suffix(".redacted")
        with open(os.open(source, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - the mode
            file.write(report.envelope.repacked(ZSTD).packed(packed(body)))
    source.rename(target)


def _place(day: date, kind: str) -> Path:
    path = folder("kept") / day.isoformat() / kind
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder("kept").chmod(0o700)  # mkdir gives parents the usual mode
    return path


def _folders() -> Iterator[tuple[date, str, Path]]:
    for path in folder("kept").glob("????-??-??/*"):
        yield date.fromisoformat(path.parent.name), path.name, path
