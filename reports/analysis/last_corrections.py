"""Why was this corrected last, within a window?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reports.analysis.hotspots import fetch
from reports.analysis.window import Window
from reports.run import Cause, CauseSource
from reports.sql import load

FIND_LAST_CORRECTIONS = load(__file__, "find_last_corrections")


@dataclass(frozen=True, slots=True)
class LastCorrection:
    """A correction, and on what evidence it is said to be one. Values are cut at 200 characters, those of a sensitive
    one left out."""

    resource: str
    node: str
    at: datetime
    cause: Cause
    cause_source: CauseSource | None
    reason: str
    property: str | None
    old: str | None
    new: str | None


def find_last_corrections_of_nodes(
    hottest: Mapping[int, int | None], window: Window, *, environment: str | None = None
) -> dict[int, LastCorrection]:
    """By node: of the resource that is named beside it, where that was corrected in the window; else of any.

    Reads the changes of these nodes in the window. Nodes without a correction that is still kept are absent.
    """
    return _find(hottest, window, environment, is_node=True)


def find_last_corrections_of_resources(
    resource_ids: list[int], window: Window, *, environment: str | None = None
) -> dict[int, LastCorrection]:
    """By resource, on any node. Reads its changes of the window back to its last correction."""
    return _find(dict.fromkeys(resource_ids), window, environment, is_node=False)


def _find(
    hottest: Mapping[int, int | None], window: Window, environment: str | None, *, is_node: bool
) -> dict[int, LastCorrection]:
    if not hottest:
        return {}
    asked: dict[str, Any] = {
        "keys": list(hottest),
        "hottest": [key or 0 for key in hottest.values()],
        "is_node": is_node,
        "since": window.since,
        "until": window.until,
        "environment": environment,
    }
    return {key: _correction(*rest) for key, *rest in fetch(FIND_LAST_CORRECTIONS, asked)}


def _correction(resource: str, node: str, at: datetime, cause: int, source: int | None, *texts: Any) -> LastCorrection:  # noqa: ANN401 - columns
    said = None if source is None else CauseSource(source)
    return LastCorrection(resource, node, at, Cause(cause), said, *texts)
