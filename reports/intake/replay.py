"""Put reports back into the spool, to be read again: refused ones after an upgrade, kept ones after a better reader.

Run identities make it harmless. What a kept report tells now takes the place of what it told when it was first read,
unless a richer report of the same run has come since.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from reports.errors import NothingFound
from reports.intake.kept import kept_since
from reports.intake.refused import RefusedReport, forget_refused, list_refused_by_id, refused_here
from reports.intake.spool import Spool, Spooled


class Became(enum.Enum):
    """What came of a report that was put back."""

    WAITS = "waits"  # in this machine's spool, or in the hands of its drain
    REFUSED = "refused"  # again
    READ = "read"  # its runs are stored, or were known


def what_became(spool: Spool, report_id: UUID) -> tuple[Became, RefusedReport | None]:
    """Where the report is now, and the refusal where it was refused again. Reads the names of all that waits."""
    if any(spooled.id == report_id for spooled in spool.everything()):
        return Became.WAITS, None
    refused = list_refused_by_id([report_id])  # after the spool: a drain writes the row before it lets go of the file
    return (Became.REFUSED, refused[0]) if refused else (Became.READ, None)


def replay_refused(spool: Spool, ids: Collection[UUID] | None = None) -> int:
    """Put these refused reports, or all of this machine, back; how many. NothingFound when one of `ids` is not here."""
    found = [(file, spooled) for file, spooled in refused_here() if ids is None or spooled.id in ids]
    if ids is not None and (missing := set(ids) - {spooled.id for _, spooled in found}):
        raise NothingFound(f"not refused, or not on this machine: {', '.join(sorted(map(str, missing)))}")
    for file, spooled in found:
        file.rename(_target(spool, spooled))
        forget_refused(spooled.id)
    return len(found)


def replay_kept(spool: Spool, since: date) -> int:
    """Have everything read again that arrived on `since` or later and is still kept here; how many."""
    count = 0
    for file, spooled in kept_since(since):
        with suppress(FileExistsError):  # a replay that was broken off is being repeated
            os.link(file, _target(spool, replace(spooled, is_again=True)))
        count += 1
    return count


def _target(spool: Spool, spooled: Spooled) -> Path:
    return spool.new / replace(spooled, deaths=0).name
