"""`/api/v1/resources/`: which resources ever did something, or one of them on all nodes."""

from __future__ import annotations

from django.utils import timezone

from reports.analysis.paging import Slice
from reports.analysis.resource import resource_key
from reports.analysis.resource_story import ResourceQuestion, ResourceStory, find_resource_story
from reports.analysis.resources import ResourceFilter, ResourceLine, ResourceOrder, list_resources
from reports.api.endpoint import Asked, list_or_one_endpoint
from reports.api.noted_shapes import NotedResourceSerializer, notes_beside_hotspots
from reports.api.parameters import ENVIRONMENT, PAGING, Parameter, number, query_about, word
from reports.api.resource_shapes import ResourceStorySerializer
from reports.api.words import PATTERNS
from reports.errors import BadQuestion
from reports.run import Pattern
from reports.search.subjects import RESOURCES

NAME = Parameter("name", "One resource, as Type[title]; without it, all of them are listed.")
DAYS = number("days", "Of one: the window of `days` and `values`, in UTC days, today included.", default=90, most=3660)
PATTERN = word("pattern", tuple(PATTERNS), "Of a list: a pattern that it shows on some node.")
SORT = word("sort", tuple(ResourceOrder), "Of a list: what comes first.", default=ResourceOrder.HEAT)
Q = query_about(RESOURCES)


@list_or_one_endpoint(
    "resources_retrieve",
    NotedResourceSerializer,
    ResourceStorySerializer,
    beside=notes_beside_hotspots,
    known=(NAME, DAYS, ENVIRONMENT, PATTERN, Q, SORT, *PAGING),
)
def resources(asked: Asked) -> Slice[ResourceLine] | ResourceStory:
    """Resources that ever changed or failed, hottest first, then those never corrected; or with `name` one of them.

    Of one it tells when and where it was corrected, the values it was found with and was to have, and its fleet events;
    `environment`, `cursor` and `limit` are of its nodes then.
    """
    now = timezone.now()
    if asked["name"] is None:
        wanted = ResourceFilter(
            environment=asked["environment"],
            pattern=Pattern[asked["pattern"].upper()] if asked["pattern"] else None,
            q=asked["q"],
        )
        return list_resources(wanted, now, cursor=asked["cursor"], limit=asked["limit"])
    for other in ("pattern", "q"):
        if asked[other]:
            raise BadQuestion(f"{other}: this is of a list, and name asks for one resource")
    question = ResourceQuestion(
        resource_id=resource_key(asked["name"]),
        days=asked["days"],
        environment=asked["environment"],
        cursor=asked["cursor"],
        limit=asked["limit"],
    )
    return find_resource_story(question, now)
