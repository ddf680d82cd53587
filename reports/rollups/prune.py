"""Drop what is older than it is kept: weeks of facts, and years later their counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings

from reports.rollups.tables import FleetEvent, FleetHour, NodeDay, NodeResourceDay, ResourceDay
from reports.store.retention import PrunedFacts, prune_facts

_BY_DAY: Final = (NodeDay, NodeResourceDay, ResourceDay)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was dropped: partitions and sets of resources, and rows of counts."""

    facts: PrunedFacts
    counts: int


def prune(now: datetime) -> Pruned:
    """Drop facts from before FLEETVIEW_RETENTION_DAYS and counts from before FLEETVIEW_KEEP_COUNTS_DAYS.

    What a resource did over all time (node_resource) keeps what the dropped days had added, until it acts again.
    """
    facts = prune_facts(now)
    # Never counts whose facts are kept: the next recount would only bring them back.
    kept_days = max(settings.FLEETVIEW_KEEP_COUNTS_DAYS, settings.FLEETVIEW_RETENTION_DAYS + 8)
    cutoff = now - timedelta(days=kept_days)
    day = cutoff.astimezone(UTC).date()
    counts = sum(table.objects.filter(day__lt=day).delete()[0] for table in _BY_DAY)
    counts += FleetHour.objects.filter(hour__lt=cutoff).delete()[0]
    counts += FleetEvent.objects.filter(started_at__lt=cutoff).delete()[0]
    return Pruned(facts, counts)
