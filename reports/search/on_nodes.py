"""A query about nodes as a condition on node_state.

What is asked of a node itself stands in its one row. What is asked of its days, resources or risk is a set of node ids
that an index gives: its cost stands with each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.db.models import Q, QuerySet, Sum

from reports.risk.tables import NodeRisk
from reports.rollups.heat import stored_heat
from reports.rollups.status import NodeStatus, having_status
from reports.rollups.tables import NodeDay, NodeResource
from reports.run import Pattern
from reports.search.changed import changed_is, each_asked
from reports.search.conditions import (
    Reader,
    any_of,
    compare,
    condition,
    holds_for_none,
    moment_is,
    muted_is,
    name_holds,
    name_is,
)
from reports.search.query import Query, Sign, Term
from reports.search.resources import find_resource_ids
from reports.sql import load

FIND_MUTED = load(__file__, "find_muted_nodes")
DAYS: Final = 7  # that corrections are counted over, today included
_DAY: Final = timedelta(days=1)


def condition_on_nodes(query: Query, now: datetime) -> Q:
    """The nodes that a query about NODES means. Raises BadQuery where a resource in it means too many."""
    return condition(query, READERS, now)


def _tool(term: Term, _now: datetime) -> Q:
    """That one of the tools reports it."""
    return Q(tools__overlap=[value.pattern for value in term.values])


def _status(term: Term, now: datetime) -> Q:
    return having_status({NodeStatus(cast("str", value.meaning)) for value in term.values}, now)


def _corrections(term: Term, now: datetime) -> Q:
    """Adds up the week's days with corrections, from the index node_day_corrections alone."""
    week = NodeDay.objects.filter(day__gt=now.date() - DAYS * _DAY, corrections__gt=0)
    sums = week.values("node_id").annotate(times=Sum("corrections"))
    return any_of(_counted(sums, term.sign, cast("int", value.meaning)) for value in term.values)


def _counted(sums: QuerySet[NodeDay, Any], sign: Sign, number: int) -> Q:
    """Nodes that have no row have nought: where that is meant, they are those that are not counted otherwise."""
    asked = Q(times=number) if sign is Sign.IS else compare("times", sign, number)
    if holds_for_none(sign, number):
        return ~Q(node_id__in=sums.filter(~asked).values("node_id"))
    return Q(node_id__in=sums.filter(asked).values("node_id"))


def _heat(term: Term, now: datetime) -> Q:
    """Compares with the heat as it is stored, whose index then bounds it."""
    return any_of(_heat_is(term.sign, cast("float", value.meaning), now) for value in term.values)


def _heat_is(sign: Sign, count: float, now: datetime) -> Q:
    if count == 0:  # stored as a logarithm: what was ever corrected is above nought
        was_corrected = Q(heat__isnull=False)
        return {Sign.ABOVE: was_corrected, Sign.AT_LEAST: Q(), Sign.BELOW: Q(node_id__in=[])}.get(sign, ~was_corrected)
    if sign is Sign.IS:  # as it is shown: to one digit
        return Q(heat__gte=stored_heat(max(count - 0.05, 1e-9), now), heat__lt=stored_heat(count + 0.05, now))
    return compare("heat", sign, stored_heat(count, now))


def _risk(term: Term, _now: datetime) -> Q:
    """By the index node_risk_probability. What nothing is foretold for is neither more nor less."""
    conditions = []
    for value in term.values:
        share = cast("float", value.meaning)
        asked = (
            Q(probability__gte=share - 0.005, probability__lt=share + 0.005)  # as it is shown: whole per cent
            if term.sign is Sign.IS
            else compare("probability", term.sign, share)
        )
        conditions.append(Q(node_id__in=NodeRisk.objects.filter(asked).values("node_id")))
    return any_of(conditions)


def _resource(term: Term, _now: datetime) -> Q:
    """By the index node_resource_resource: as many entries as nodes have one of the resources."""
    return Q(node_id__in=NodeResource.objects.filter(resource_id__in=find_resource_ids(term)).values("node_id"))


def _corrected(term: Term, _now: datetime) -> Q:
    """By the index node_resource_resource, and of what it gives those with corrections."""
    rows = NodeResource.objects.filter(resource_id__in=find_resource_ids(term), corrections__gt=0)
    return Q(node_id__in=rows.values("node_id"))


def _pattern(term: Term, _now: datetime) -> Q:
    """By the index node_resource_pattern."""
    patterns = [Pattern[str(value.meaning).upper()] for value in term.values]
    return Q(node_id__in=NodeResource.objects.filter(pattern__in=patterns).values("node_id"))


def _clock(term: Term, _now: datetime) -> Q:
    return Q(is_clock_wrong__in=[value.meaning == "wrong" for value in term.values])


READERS: Final[Mapping[str, Reader]] = {
    "": name_holds("name"),
    "name": name_is("name"),
    "env": name_is("environment"),
    "site": name_is("site"),
    "tool": _tool,
    "role": name_is("role"),
    "status": _status,
    "corrections": _corrections,
    "heat": _heat,
    "risk": _risk,
    "seen": moment_is("last_received_at"),
    "first_seen": moment_is("first_seen_at"),
    "changed": changed_is(NodeDay, each_asked("node_id", "node_id")),  # by the index node_day_changed
    "resource": _resource,
    "corrected": _corrected,
    "pattern": _pattern,
    "clock": _clock,
    "muted": muted_is("node_id", FIND_MUTED),
}
