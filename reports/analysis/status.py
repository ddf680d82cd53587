"""What a node is said to be, for whoever asks analysis: see reports/rollups/status.py, where the rows are read."""

from __future__ import annotations

from reports.rollups.status import NodeStatus, having_status, silent_before, status_of

__all__ = ["NodeStatus", "having_status", "silent_before", "status_of"]
