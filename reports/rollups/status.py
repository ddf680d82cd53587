"""What a node is said to be: the outcome of its newest runs, unless it has gone silent."""

from __future__ import annotations

import enum
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from reports.run import Outcome


class NodeStatus(enum.StrEnum):
    """Worst first, the order of every list and legend. A silent node is never shown as anything else."""

    FAILED = "failed"
    STALE_CATALOG = "stale_catalog"
    CORRECTED = "corrected"
    CHANGED = "changed"
    PENDING = "pending"
    UNCHANGED = "unchanged"
    SILENT = "silent"  # nothing came in for longer than FLEETVIEW_SILENT_AFTER
    UNKNOWN = "unknown"  # no run has finished yet


def silent_before(now: datetime) -> datetime:
    """A node whose newest run arrived before this moment is silent."""
    moment: datetime = now - settings.FLEETVIEW_SILENT_AFTER
    return moment


def status_of(outcome: int | None, last_received_at: datetime, now: datetime) -> NodeStatus:
    """The status of a node, from its row in node_state."""
    if last_received_at < silent_before(now):
        return NodeStatus.SILENT
    return NodeStatus.UNKNOWN if outcome is None else NodeStatus(Outcome(outcome).name.lower())


def having_status(wanted: Collection[NodeStatus], now: datetime) -> Q:
    """The condition on node_state that holds for the nodes of these statuses; for every node when none is named."""
    if not wanted:
        return Q()
    speaks = Q(last_received_at__gte=silent_before(now))
    outcomes = [Outcome[status.name] for status in wanted if status.name in Outcome.__members__]
    condition = speaks & Q(status__in=outcomes)
    if NodeStatus.UNKNOWN in wanted:
        condition |= speaks & Q(status__isnull=True)
    if NodeStatus.SILENT in wanted:
        condition |= Q(last_received_at__lt=silent_before(now))
    return condition
