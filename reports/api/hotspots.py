"""`/api/v1/hotspots/`: where corrections gather."""

from __future__ import annotations

from django.utils import timezone

from reports.analysis.hotspots import Hotspot, HotspotFilter, rank_nodes, rank_resources
from reports.analysis.paging import Slice
from reports.api.endpoint import Asked, list_endpoint
from reports.api.parameters import ENVIRONMENT, PAGING, number, word
from reports.api.shapes import HotspotSerializer
from reports.api.words import PATTERNS

RANKINGS = {"node": rank_nodes, "resource": rank_resources}
BY = word("by", tuple(RANKINGS), "What to rank.", default="node")
PATTERN = word("pattern", tuple(PATTERNS), "How its changes come about over time.")
DAYS = number("days", "The window: so many UTC days, today included.", default=7, most=3660)


@list_endpoint("hotspots_list", HotspotSerializer, known=(BY, DAYS, ENVIRONMENT, PATTERN, *PAGING))
def hotspots(asked: Asked) -> Slice[Hotspot]:
    """Nodes or resources by their corrections within a window, most first.

    No pattern is told yet, so asking for one finds nothing.
    """
    if asked["pattern"]:
        return Slice(())
    wanted = HotspotFilter(days=asked["days"], environment=asked["environment"])
    return RANKINGS[asked["by"]](wanted, timezone.now(), cursor=asked["cursor"], limit=asked["limit"])
