"""`/api/v1/hotspots/`: where corrections gather."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from reports.analysis.hotspots import Hotspot, HotspotFilter
from reports.analysis.paging import Slice
from reports.analysis.ranking import SUBJECTS, By, Order, narrow, rank_hotspots
from reports.analysis.window import MOST_HOURS, Window, chosen_days, last_days, last_hours
from reports.api.endpoint import Asked, list_endpoint
from reports.api.noted_shapes import NotedHotspotSerializer, notes_beside_hotspots
from reports.api.parameters import ENVIRONMENT, PAGING, SITE, TOOL, Parameter, moment, number, word
from reports.api.words import PATTERNS
from reports.run import Pattern
from reports.search.language import parse

BY = word("by", tuple(By), "What to rank.", default=By.NODE)
ORDER = word("order", tuple(Order), "What is first; only nodes have a risk.", default=Order.HEAT)
PATTERN = word("pattern", tuple(PATTERNS), "What has, or is, a resource that behaves so over time, corrected or not.")
DAYS = number("days", "The window: so many UTC days, today included, or before `until`.", default=7, most=3660)
HOURS = number("hours", "Instead of days: the last so many hours, the present one too.", default=None, most=MOST_HOURS)
SINCE = moment("since", "A window of its own: from the UTC day of this time on (ISO 8601), up to today or `until`.")
UNTIL = moment("until", "Up to the UTC day before this time; `days` of them where there is no `since`.")

QUERY = Parameter(
    "q",
    "A query as in the search of the pages, about what is ranked: nodes, resources, or environments by their names.",
)


@list_endpoint(
    "hotspots_list",
    NotedHotspotSerializer,
    known=(BY, ORDER, DAYS, HOURS, SINCE, UNTIL, ENVIRONMENT, SITE, TOOL, PATTERN, QUERY, *PAGING),
    beside=notes_beside_hotspots,
)
def hotspots(asked: Asked) -> Slice[Hotspot]:
    """Nodes, resources or environments that needed corrections within a window.

    Where the window reaches up to today the hottest come first, else those with the most corrections in it;
    environments always by their corrections, and all on one page. What repeats has no heat: asked for by its pattern,
    resources and nodes come by how often it was seen, corrected or not.
    """
    now, by = timezone.now(), By(asked["by"])
    wanted = HotspotFilter(
        window=_window(asked, now),
        environment=asked["environment"],
        site=asked["site"],
        tool=asked["tool"],
        pattern=Pattern[asked["pattern"].upper()] if asked["pattern"] else None,
    )
    query = parse(asked["q"] or "", SUBJECTS[by])
    return rank_hotspots(
        by,
        narrow(wanted, by, query, now) if query else wanted,
        order=Order(asked["order"]),
        now=now,
        cursor=asked["cursor"],
        limit=asked["limit"],
    )


def _window(asked: Asked, now: datetime) -> Window:
    if asked["since"] or asked["until"]:
        return chosen_days(asked["since"], asked["until"], now, days=asked["days"])
    return last_hours(asked["hours"], now) if asked["hours"] else last_days(asked["days"], now)
