"""The list of resources that ever changed or failed on a node, hottest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.choices import Choices
from reports.analysis.counting import Count
from reports.analysis.heat import COLD
from reports.analysis.paging import Slice
from reports.analysis.resources import (
    ResourceFilter,
    ResourceLine,
    ResourceOrder,
    count_resources,
    list_resources,
)
from reports.errors import BadQuestion
from reports.pages.asked import Filter, drop_down, name_asked, words_asked
from reports.pages.columns import Column
from reports.pages.links import link_to_changes, link_to_resource
from reports.pages.list_page import show_list
from reports.pages.listing import Listing, Question
from reports.pages.words import PATTERNS, Word
from reports.people.notes import Subject
from reports.run import Pattern
from reports.search import subjects

COLUMNS: Final = (
    Column("name", "Resource", is_fixed=True),
    Column("type"),
    Column("title"),
    Column(
        "heat",
        "Heat",
        "Corrections, each counting half after seven days; on one node at most one an hour",
        css="num",
        orders=(ResourceOrder.HEAT,),
    ),
    Column("corrections", "Corrections", "Over all time that days are kept", css="num"),
    Column("nodes", "Nodes", "On how many nodes it ever changed or failed", css="num wide-only"),
    Column("has_more_nodes"),
    Column("patterns", "Patterns", "How it behaves on some node"),
    Column("last_correction_at", "Last correction", css="fit wide-only"),
    Column("muted_until"),
)


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource. `heat` is None where it has all but cooled down."""

    resource: ResourceLine
    link: str
    corrections_link: str
    heat: float | None
    patterns: tuple[Word, ...]

    @classmethod
    def of(cls, resource: ResourceLine) -> Self:
        return cls(
            resource=resource,
            link=link_to_resource(resource.name),
            corrections_link=link_to_changes(
                resource=resource.name, cause="corrective", status="success", window="all"
            ),
            heat=resource.heat if resource.heat and resource.heat >= COLD else None,
            patterns=tuple(PATTERNS[pattern] for pattern in resource.patterns),
        )


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """The page at `/resources/`."""
    return show_list(RESOURCES, request, timezone.now())


def read_filter(query: QueryDict) -> ResourceFilter:
    """What the query string asks for."""
    patterns = words_asked(query, "pattern", Pattern)
    if len(patterns) > 1:
        raise BadQuestion("pattern: one at a time")
    return ResourceFilter(environment=name_asked(query, "environment"), pattern=next(iter(patterns), None))


def _find(asked: Question) -> Slice[ResourceLine]:
    return list_resources(asked.wanted, asked.now, cursor=asked.cursor, limit=asked.limit)


def _count(asked: Question) -> Count | None:
    return count_resources(asked.wanted, asked.now)


def _drop_downs(wanted: ResourceFilter, choices: Choices) -> Iterator[Filter]:
    yield drop_down("environment", "Environment", choices.environments, chosen=wanted.environment)
    labels = {pattern.name.lower(): PATTERNS[pattern].label for pattern in Pattern}
    chosen = None if wanted.pattern is None else wanted.pattern.name.lower()
    yield drop_down("pattern", "Pattern", labels, chosen=chosen)


RESOURCES: Final = Listing(
    page="resources",
    title="Resources",
    one="resource",
    many="resources",
    subject=subjects.RESOURCES,
    columns=COLUMNS,
    orders={ResourceOrder.HEAT: "hottest first, then those never corrected"},
    read=read_filter,
    find=_find,
    count=_count,
    row=ResourceRow.of,
    drop_downs=_drop_downs,
    about=lambda resource: Subject(resource_id=resource.id),
)
