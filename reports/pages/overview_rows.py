"""What the overview shows of each thing, in words and with where it leads."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from reports.analysis.failures import Failure
from reports.analysis.fleet import FleetCounts
from reports.analysis.hottest import HotNode, HotResource
from reports.analysis.runs_over_time import RunsOfStep, Step
from reports.analysis.silent import SilentNode
from reports.analysis.status import NodeStatus
from reports.intake.health import IntakeHealth
from reports.pages.links import (
    MAIN_SITE,
    link_around,
    link_to_node,
    link_to_nodes,
    link_to_resource,
    link_to_run,
    link_to_runs,
)
from reports.pages.words import OUTCOMES, STATUSES, Word
from reports.run import Outcome
from reports.told import tell_span


@dataclass(frozen=True, slots=True)
class Counter:
    """One status: how many nodes have it, and the list of them. Its stretch of the fleet's bar is in thousandths."""

    word: Word
    nodes: int
    link: str
    bar_from: float
    bar_width: float


def lay_counters(fleet: FleetCounts) -> tuple[Counter, ...]:
    """In the known order, worst first; nodes of which nothing is known are counted only where there are some."""
    counters: list[Counter] = []
    reached = 0.0
    for status, nodes in fleet.by_status:
        if status is NodeStatus.UNKNOWN and not nodes:
            continue
        width = 1000 * nodes / fleet.total if fleet.total else 0.0
        counters.append(
            Counter(STATUSES[status], nodes, link_to_nodes(status=status.value), round(reached, 1), round(width, 1))
        )
        reached += width
    return tuple(counters)


@dataclass(frozen=True, slots=True)
class FailureLine:
    """Nodes that fail alike; `link` to the list of them. `node` is the one that failed last.

    `then` leads to what else happened then.
    """

    failure: Failure
    word: Word
    link: str
    resource_link: str | None
    node_link: str
    run_link: str
    then: str

    @classmethod
    def of(cls, failure: Failure) -> Self:
        return cls(
            failure=failure,
            word=STATUSES[failure.status],
            link=link_to_nodes(status=failure.status.value, failure=failure.key),
            resource_link=link_to_resource(failure.resource) if failure.resource else None,
            node_link=link_to_node(failure.node, site=failure.site),
            run_link=link_to_run(failure.run_id, node=failure.node, site=failure.site),
            then=link_around(failure.newest_at),
        )


@dataclass(frozen=True, slots=True)
class HotLine:
    """A hot node, or a hot resource: then without a word."""

    name: str
    link: str
    heat: float
    corrections: int
    node_id: int | None = None
    resource_id: int | None = None
    word: Word | None = None
    is_clock_wrong: bool = False

    @classmethod
    def of_node(cls, node: HotNode) -> Self:
        link = link_to_node(node.name, site=node.site)
        return cls(
            name=node.name,
            link=link,
            heat=node.heat,
            corrections=node.corrections,
            node_id=node.node_id,
            word=STATUSES[node.status],
            is_clock_wrong=node.is_clock_wrong,
        )

    @classmethod
    def of_resource(cls, resource: HotResource) -> Self:
        link = link_to_resource(resource.name)
        return cls(resource.name, link, resource.heat, resource.corrections, resource_id=resource.resource_id)


@dataclass(frozen=True, slots=True)
class SilentLine:
    """A silent node. `site` is None in the main one."""

    node: SilentNode
    link: str
    site: str | None

    @classmethod
    def of(cls, node: SilentNode) -> Self:
        return cls(node, link_to_node(node.name, site=node.site), None if node.site == MAIN_SITE else node.site)


@dataclass(frozen=True, slots=True)
class StepCell:
    """How many runs of one step ended in one way, and the list of them."""

    runs: int
    css: str
    link: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One day or hour of the table behind the chart."""

    start: datetime
    total: int
    cells: tuple[StepCell, ...]

    @classmethod
    def of(cls, runs: RunsOfStep, step: Step) -> Self:
        cells = (
            StepCell(count, OUTCOMES[outcome].name, link_to_step(runs.start, outcome, step))
            for outcome, count in runs.by_outcome
        )
        return cls(runs.start, runs.total, tuple(cells))


@functools.lru_cache(maxsize=512)
def link_to_step(start: datetime, outcome: Outcome, step: Step) -> str:
    """The runs of one UTC day or hour that ended in this way; asked for by the chart and by the table behind it."""
    end = start + step.value
    written = "%Y-%m-%d" if step is Step.DAY else "%Y-%m-%dT%H:%MZ"
    return link_to_runs(outcome=outcome.name.lower(), since=f"{start:{written}}", until=f"{end:{written}}")


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """How the intake is, in numbers; `is_well` where there is nothing to see to."""

    health: IntakeHealth
    oldest_pending: str | None
    runs_per_minute: float
    is_well: bool

    @classmethod
    def of(cls, health: IntakeHealth, runs_last_hour: int) -> Self:
        oldest = health.oldest_pending_seconds
        return cls(
            health=health,
            oldest_pending=None if oldest is None else tell_span(oldest),
            runs_per_minute=runs_last_hour / 60,
            is_well=not health.is_behind and not health.refused_today and health.last_received_at is not None,
        )
