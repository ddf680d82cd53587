"""`/api/v1/resources/`: one resource on all nodes."""

from __future__ import annotations

from django.utils import timezone

from reports.analysis.resource import resource_key
from reports.analysis.resource_story import ResourceQuestion, ResourceStory, find_resource_story
from reports.api.endpoint import Asked, endpoint
from reports.api.parameters import ENVIRONMENT, PAGING, Parameter, number
from reports.api.resource_shapes import ResourceStorySerializer
from reports.errors import BadQuestion

NAME = Parameter("name", "The resource, as Type[title]; it has to be named.")
DAYS = number("days", "The window of `days` and `values`: so many UTC days, today included.", default=90, most=3660)


@endpoint("resources_retrieve", ResourceStorySerializer, known=(NAME, DAYS, ENVIRONMENT, *PAGING))
def resource(asked: Asked) -> ResourceStory:
    """One resource: when and where it was corrected, the values it was found with and was to have, its fleet events.

    `environment`, `cursor` and `limit` are of its nodes.
    """
    if asked["name"] is None:
        raise BadQuestion("name: say which resource, as ?name=Type[title]")
    question = ResourceQuestion(
        resource_id=resource_key(asked["name"]),
        days=asked["days"],
        environment=asked["environment"],
        cursor=asked["cursor"],
        limit=asked["limit"],
    )
    return find_resource_story(question, timezone.now())
