"""What changed, where, and why?"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from reports.analysis.counting import Count, count_up_to
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.analysis.runs import of_nodes, within
from reports.errors import BadQuestion
from reports.rollups.tables import NodeState
from reports.run import Cause, CauseSource, Status
from reports.search.on_changes import condition_on_changes
from reports.search.query import Query
from reports.store.ids import resource_id
from reports.store.tables import Change, Node, Resource

NEWEST_FIRST = Keyset(
    (("at", datetime.fromisoformat), ("node_id", int), ("run_id", UUID), ("ordinal", int)), is_descending=True
)
OLDEST_FIRST = replace(NEWEST_FIRST, is_descending=False)


class ChangeOrder(enum.StrEnum):
    """By the run that made them, both ways."""

    NEWEST = "-at"
    OLDEST = "at"


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """What to list; None and empty mean any. A resource goes by its name `Type[title]`, or by its id.

    From `since` on, and before `until`. `q` is a query about changes, in the language of reports/search; all of it
    has to hold beside the rest.
    """

    site: str | None = None
    node: str | None = None
    resource: str | None = None
    resource_id: int | None = None
    tool: str | None = None
    environment: str | None = None
    causes: frozenset[Cause] = frozenset()
    statuses: frozenset[Status] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    q: Query | None = None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One property of one resource changed, or would have; `old` and `new` are None for a sensitive one.

    `is_clock_wrong` is of the node as it is now; only lists over many nodes tell it.
    """

    run_id: UUID
    node_id: int
    site: str
    node: str
    at: datetime
    ordinal: int
    tool: str
    environment: str | None
    resource_id: int
    resource: str  # Type[title]
    type: str
    title: str
    property: str | None
    old: str | None
    new: str | None
    diff: str | None
    status: Status
    cause: Cause
    cause_source: CauseSource | None
    reason: str
    message: str | None
    defined_at: str | None
    is_sensitive: bool
    is_clock_wrong: bool = False


def list_changes(
    wanted: ChangeFilter,
    now: datetime,
    *,
    order: ChangeOrder = ChangeOrder.NEWEST,
    cursor: str | None = None,
    limit: int = 100,
) -> Slice[ChangeLine]:
    """Changes, newest first unless asked otherwise. Walks the index on `at`, a node's key, or a resource's index,
    whichever is named."""
    keyset = NEWEST_FIRST if order is ChangeOrder.NEWEST else OLDEST_FIRST
    found = take_slice(Change.objects.filter(_condition(wanted, now)), keyset, cursor=cursor, limit=limit)
    return Slice(describe_changes(found.rows), found.next, found.previous)


def count_changes(wanted: ChangeFilter, now: datetime) -> Count | None:
    """How many changes that are, up to a bound; None where no index tells, for that would read the whole window.

    All changes, those of one node and those of one resource have an index.
    """
    is_of_one = wanted.node or wanted.resource or wanted.resource_id is not None
    if not is_of_one and (
        wanted.site or wanted.tool or wanted.environment or wanted.causes or wanted.statuses or wanted.q
    ):
        return None
    return count_up_to(Change.objects.filter(_condition(wanted, now)), key="node_id")


def _condition(wanted: ChangeFilter, now: datetime) -> Q:
    condition = within(wanted.since, wanted.until) & of_nodes(site=wanted.site, node=wanted.node)
    if wanted.resource:
        condition &= Q(resource_id=resource_id(*split_resource(wanted.resource)))
    if wanted.resource_id is not None:
        condition &= Q(resource_id=wanted.resource_id)
    if wanted.tool:
        condition &= Q(tool=wanted.tool)
    if wanted.environment:
        condition &= Q(environment=wanted.environment)
    if wanted.causes:
        condition &= Q(cause__in=sorted(wanted.causes))
    if wanted.statuses:
        condition &= Q(status__in=sorted(wanted.statuses))
    if wanted.q:
        condition &= condition_on_changes(wanted.q, now)
    return condition


def split_resource(text: str) -> tuple[str, str]:
    """`Type[title]` in its two parts; the title may hold brackets itself."""
    kind, bracket, rest = text.partition("[")
    if not (kind and bracket and rest.endswith("]")):
        raise BadQuestion("resource: write it as Type[title], such as File[/etc/motd]")
    return kind, rest[:-1]


def describe_changes(changes: Iterable[Change]) -> tuple[ChangeLine, ...]:
    """The lines of these changes, in the order given; one look-up each for their nodes and their resources."""
    changes = tuple(changes)
    wrong = NodeState.objects.filter(node_id=OuterRef("id"), is_clock_wrong=True)
    nodes = Node.objects.annotate(is_clock_wrong=Exists(wrong)).in_bulk({change.node_id for change in changes})
    resources = Resource.objects.in_bulk({change.resource_id for change in changes})
    return tuple(
        describe_change(change, node, resources[change.resource_id], is_clock_wrong=node.is_clock_wrong)
        for change in changes
        for node in (nodes[change.node_id],)
    )


def describe_change(change: Change, node: Node, resource: Resource, *, is_clock_wrong: bool = False) -> ChangeLine:
    """One change of one resource on one node as a line."""
    return ChangeLine(
        run_id=change.run_id,
        node_id=change.node_id,
        site=node.site,
        node=node.name,
        at=change.at,
        ordinal=change.ordinal,
        tool=change.tool,
        environment=change.environment,
        resource_id=change.resource_id,
        resource=f"{resource.type}[{resource.title}]",
        type=resource.type,
        title=resource.title,
        property=change.property,
        old=change.old,
        new=change.new,
        diff=change.diff,
        status=Status(change.status),
        cause=Cause(change.cause),
        cause_source=None if change.cause_source is None else CauseSource(change.cause_source),
        reason=change.reason,
        message=change.message,
        defined_at=change.defined_at,
        is_sensitive=change.is_sensitive,
        is_clock_wrong=is_clock_wrong,
    )
