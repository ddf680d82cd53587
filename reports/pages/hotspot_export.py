"""The ranking of hotspots as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import QueryDict

from reports.analysis.hotspots import Hotspot
from reports.analysis.paging import Slice
from reports.analysis.ranking import rank_hotspots
from reports.pages.columns import Column
from reports.pages.export import BATCH, Find
from reports.pages.hotspot_question import read_question
from reports.pages.muted_rows import with_mutes
from reports.people.notes import Subject

COLUMNS: Final = (
    Column("name"),
    Column("site"),
    Column("environment"),
    Column("corrections"),
    Column("corrections_before"),
    Column("runs"),
    Column("share_of_runs"),
    Column("nodes"),
    Column("heat"),
    Column("risk"),
    Column("pattern"),
    Column("reasons"),
    Column("last_correction_at"),
    Column("muted_until"),
)


def open_hotspots(query: QueryDict, now: datetime) -> Find:
    """Nodes, resources or environments, as the page of hotspots ranks them."""
    asked = read_question(query, now)

    def find(cursor: str | None) -> Slice[Hotspot]:
        return rank_hotspots(asked.by, asked.wanted, order=asked.order, now=now, cursor=cursor, limit=BATCH)

    return with_mutes(find, _about, now)


def _about(spot: Hotspot) -> Subject:
    """Nothing for an environment, which has no notes of its own."""
    return Subject(resource_id=spot.id) if spot.site is None else Subject(spot.id)
