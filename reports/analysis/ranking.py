"""What is worst, of nodes, resources or environments? The one question behind the page and the API."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Q

from reports.analysis.hotspot_environments import rank_environments
from reports.analysis.hotspot_nodes import rank_nodes, rank_nodes_by_risk
from reports.analysis.hotspot_resources import rank_resources
from reports.analysis.hotspots import Hotspot, HotspotFilter
from reports.analysis.paging import Slice
from reports.errors import BadQuestion
from reports.search import subjects
from reports.search.keys import Subject
from reports.search.on_environments import condition_on_nodes_there
from reports.search.on_nodes import condition_on_nodes
from reports.search.on_resources import condition_on_resources
from reports.search.query import Query


class By(enum.StrEnum):
    """What is ranked."""

    NODE = "node"
    RESOURCE = "resource"
    ENVIRONMENT = "environment"


class Order(enum.StrEnum):
    """What is first: what keeps being corrected, or what is likely to need it next. Only nodes have a risk."""

    HEAT = "heat"
    RISK = "risk"


# What a query about each of them is about.
SUBJECTS: Final[Mapping[By, Subject]] = {
    By.NODE: subjects.NODES,
    By.RESOURCE: subjects.RESOURCES,
    By.ENVIRONMENT: subjects.ENVIRONMENTS,
}
# The nodes or resources that it means; of environments their nodes.
_CONDITIONS: Final[Mapping[By, Callable[[Query, datetime], Q]]] = {
    By.NODE: condition_on_nodes,
    By.RESOURCE: condition_on_resources,
    By.ENVIRONMENT: condition_on_nodes_there,
}


def narrow(wanted: HotspotFilter, by: By, query: Query, now: datetime) -> HotspotFilter:
    """The same of those alone that a query about them means. What it has to look up is looked up here, and once.

    Raises BadQuery.
    """
    return replace(wanted, q=query, meant=_CONDITIONS[by](query, now))


def rank_hotspots(
    by: By,
    wanted: HotspotFilter,
    *,
    order: Order = Order.HEAT,
    now: datetime,
    cursor: str | None = None,
    limit: int = 50,
) -> Slice[Hotspot]:
    """The worst first. Raises BadQuestion for a filter or an order that what is ranked does not have."""
    _refuse_what_does_not_apply(by, wanted, order)
    if by is By.ENVIRONMENT:
        return rank_environments(wanted)
    if by is By.RESOURCE:
        return rank_resources(wanted, now, cursor=cursor, limit=limit)
    rank = rank_nodes_by_risk if order is Order.RISK else rank_nodes
    return rank(wanted, now, cursor=cursor, limit=limit)


def _refuse_what_does_not_apply(by: By, wanted: HotspotFilter, order: Order) -> None:
    if by is not By.NODE and (wanted.site or wanted.tool):
        raise BadQuestion(f"{'site' if wanted.site else 'tool'}: only nodes have one; ask by=node")
    if by is By.ENVIRONMENT and wanted.pattern:
        raise BadQuestion("pattern: an environment has none; ask by=node or by=resource")
    if order is Order.RISK and by is not By.NODE:
        raise BadQuestion("order: only nodes have a risk; ask by=node")
