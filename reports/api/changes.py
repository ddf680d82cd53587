"""`/api/v1/changes/`: what changed, over many runs."""

from __future__ import annotations

from django.utils import timezone

from reports.analysis.changes import ChangeFilter, ChangeLine, ChangeOrder, list_changes
from reports.analysis.paging import Slice
from reports.api.endpoint import Asked, list_endpoint
from reports.api.parameters import ENVIRONMENT, NODE, PAGING, SITE, TOOL, WINDOW, Parameter, query_about, word, words
from reports.api.shapes import ListedChangeSerializer
from reports.run import Cause, Status
from reports.search.subjects import CHANGES

RESOURCE = Parameter("resource", "A resource as Type[title]; the title may hold any character, brackets too.")
CAUSE = words("cause", Cause, "Why it was needed: one or several, with commas between.")
STATUS = words(
    "status", Status, "What became of it: one or several, with commas between.", without=frozenset({Status.UNCHANGED})
)
QUERY = query_about(CHANGES)
SORT = word("sort", tuple(ChangeOrder), "What comes first; with a minus the newest.", default=ChangeOrder.NEWEST)


@list_endpoint(
    "changes_list",
    ListedChangeSerializer,
    known=(QUERY, SITE, NODE, RESOURCE, TOOL, ENVIRONMENT, CAUSE, STATUS, *WINDOW, SORT, *PAGING),
)
def changes(asked: Asked) -> Slice[ChangeLine]:
    """Changes, newest first unless `sort` says otherwise."""
    wanted = ChangeFilter(
        site=asked["site"],
        node=asked["node"],
        resource=asked["resource"],
        tool=asked["tool"],
        environment=asked["environment"],
        causes=asked["cause"],
        statuses=asked["status"],
        since=asked["since"],
        until=asked["until"],
        q=asked["q"],
    )
    return list_changes(
        wanted, timezone.now(), order=ChangeOrder(asked["sort"]), cursor=asked["cursor"], limit=asked["limit"]
    )
