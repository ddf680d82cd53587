"""How long facts and counts are kept, and dropping what is older."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from reports.store.partitions import drop_partitions_before
from reports.store.tables import DeclaredSet, ResourceSet

_GRACE = timedelta(days=1)  # between what is no longer taken in and what is dropped: nothing falls between the two


@dataclass(frozen=True, slots=True)
class PrunedFacts:
    """What was dropped."""

    partitions: tuple[str, ...]
    resource_sets: int
    declared_sets: int


def oldest_welcome_at(now: datetime) -> datetime:
    """A run from before this is not stored."""
    return now - timedelta(days=settings.FLEETVIEW_RETENTION_DAYS)


def oldest_whole_day(now: datetime) -> date:
    """No fact of this day or a later one has been dropped: such a day can be counted again."""
    return (oldest_welcome_at(now) - _GRACE).astimezone(UTC).date()


def prune_facts(now: datetime) -> PrunedFacts:
    """Drop the weeks that ended before the retention limit, and the sets that no kept run points to.

    Nodes, resources and the newest inventories stay: the counts of years speak of them.
    """
    cutoff = oldest_welcome_at(now) - _GRACE
    partitions = drop_partitions_before(cutoff)
    used_before = (cutoff - timedelta(weeks=1)).date()
    resource_sets, _ = ResourceSet.objects.filter(used_on__lt=used_before).delete()
    declared_sets, _ = DeclaredSet.objects.filter(used_on__lt=used_before).delete()
    return PrunedFacts(partitions, resource_sets, declared_sets)
