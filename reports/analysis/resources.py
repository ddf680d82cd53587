"""Which resources ever did something, and which of them keep being put right?"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from reports.analysis.counting import Count, count_up_to
from reports.analysis.heat import heat_now
from reports.analysis.in_turn import take_in_turn
from reports.analysis.paging import Keyset, Slice
from reports.rollups.tables import NodeResource, ResourceDay, ResourceEnvironment, ResourceState
from reports.run import Pattern
from reports.search.on_resources import condition_on_resources
from reports.search.query import Query
from reports.sql import load
from reports.store.tables import Resource

DESCRIBE_RESOURCES = load(__file__, "describe_resources")
MOST_NODES: Final = 500  # that are counted of a resource
BY_HEAT: Final = Keyset((("heat", float), ("resource_id", int)), is_descending=True, nullable=frozenset({"heat"}))


class ResourceOrder(enum.StrEnum):
    """The one that an index has."""

    HEAT = "-heat"  # then those that changed or failed and were never corrected


@dataclass(frozen=True, slots=True)
class ResourceFilter:
    """What to list; None means any. `pattern`: one that it shows on some node. `q` is a query about resources."""

    environment: str | None = None
    pattern: Pattern | None = None
    q: Query | None = None


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """One resource, over all nodes; its corrections and heat are of the environment that was asked for.

    `nodes`: on how many it ever changed or failed, up to a bound; `has_more_nodes` beyond it. `patterns` are those that
    it shows on some node.
    """

    id: int
    name: str  # Type[title]
    type: str
    title: str
    corrections: int
    heat: float | None
    nodes: int
    has_more_nodes: bool
    patterns: tuple[Pattern, ...]
    last_correction_at: datetime | None


def list_resources(
    wanted: ResourceFilter, now: datetime, *, cursor: str | None = None, limit: int = 100
) -> Slice[ResourceLine]:
    """Those that were ever corrected, hottest first, then the others that ever changed or failed.

    The first walk the index on heat. The others are found along the key of `resource`, which passes over what never did
    anything; they are asked for only where the first have ended.
    """
    found = take_in_turn(_parts(wanted, now), BY_HEAT, cursor=cursor, limit=limit, is_one_by_one=True)
    described = describe_resources([row.resource_id for row in found.rows], wanted.environment, now)
    return Slice(described, found.next, found.previous)


def count_resources(wanted: ResourceFilter, now: datetime) -> Count | None:
    """The bound, where more than that were ever corrected; else None: the others would have to be looked for."""
    corrected, _ = _parts(wanted, now)
    count = count_up_to(corrected, key="resource_id")
    return count if count.is_more else None


def describe_resources(resource_ids: Sequence[int], environment: str | None, now: datetime) -> tuple[ResourceLine, ...]:
    """These resources as lines, in the order given: one question for all of them, MOST_NODES entries each at most."""
    keys = list(resource_ids)
    if not keys:
        return ()
    asked = {
        "resource_ids": keys,
        "environment": environment,
        "most": MOST_NODES + 1,
        "patterns": [int(pattern) for pattern in Pattern],
    }
    with connection.cursor() as database:
        database.execute(DESCRIBE_RESOURCES, asked)
        found = {row[0]: _line(row, now) for row in database.fetchall()}
    return tuple(found[key] for key in keys if key in found)


def _line(row: tuple[Any, ...], now: datetime) -> ResourceLine:
    key, kind, title, corrections, heat, last_correction_at, nodes, patterns = row
    return ResourceLine(
        id=key,
        name=f"{kind}[{title}]",
        type=kind,
        title=title,
        corrections=corrections,
        heat=heat_now(heat, now),
        nodes=min(nodes, MOST_NODES),
        has_more_nodes=nodes > MOST_NODES,
        patterns=tuple(Pattern(pattern) for pattern in patterns),
        last_correction_at=last_correction_at,
    )


def _parts(wanted: ResourceFilter, now: datetime) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Those with heat, and those without."""
    corrected: QuerySet[Any, Any] = ResourceState.objects.all()
    acted: QuerySet[Any, Any] = NodeResource.objects.filter(resource_id=OuterRef("id"))
    if wanted.environment is not None:
        corrected = ResourceEnvironment.objects.filter(environment=wanted.environment)
        acted = ResourceDay.objects.filter(resource_id=OuterRef("id"), environment=wanted.environment)
    others = Resource.objects.filter(Exists(acted), ~Exists(corrected.filter(resource_id=OuterRef("id"))))
    if wanted.pattern is not None:
        shown = NodeResource.objects.filter(pattern=wanted.pattern)
        corrected = corrected.filter(Exists(shown.filter(resource_id=OuterRef("resource_id"))))
        others = others.filter(Exists(shown.filter(resource_id=OuterRef("id"))))
    if wanted.q:
        meant: Q = condition_on_resources(wanted.q, now)
        corrected = corrected.filter(resource_id__in=Resource.objects.filter(meant).values("id"))
        others = others.filter(meant)
    return corrected, others.annotate(resource_id=F("id"), heat=Cast(Value(None), FloatField()))
