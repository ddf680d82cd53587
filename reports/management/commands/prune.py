"""Drop facts, counts and audit entries that are older than they are kept; the schedule does the same every night."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from reports.people.audit import prune_audit
from reports.rollups.prune import prune


class Command(BaseCommand):
    """`manage.py prune`."""

    help = (
        "Drop runs and changes older than FLEETVIEW_RETENTION_DAYS, counts older than FLEETVIEW_KEEP_COUNTS_DAYS and "
        "audit entries older than FLEETVIEW_KEEP_AUDIT_DAYS."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Prune, and say what went."""
        now = datetime.now(UTC)
        pruned = prune(now)
        partitions = ", ".join(pruned.facts.partitions) or "none"
        print(f"Partitions dropped: {partitions}")
        print(f"Sets of resources dropped: {pruned.facts.resource_sets}")
        print(f"Sets of declared states dropped: {pruned.facts.declared_sets}")
        print(f"Rows of counts dropped: {pruned.counts}")
        print(f"Audit entries dropped: {prune_audit(now)}")
