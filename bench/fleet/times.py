"""When the tools run on a node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bench.fleet.cast import Node
from bench.fleet.plan import Plan, Shape
from bench.fleet.processes import Spell, silent_spells

_JITTER: Final = 0.04  # of the time between two runs
_HIT_BY_OUTAGE: Final = 0.8
_DENSE_HOURS: Final = 24.0  # of a thin fleet: as often as asked for
_DAILY_HOURS: Final = 8 * 24.0  # and before that, once a day


def times_of(plan: Plan, node: Node, tool: str) -> Iterator[float]:
    """The moments at which a tool starts on a node, from the one on which the node joined; none while it is silent."""
    silences = silent_spells(plan, node)
    for at in _planned(plan, node, tool):
        if at >= max(node.joined_at, 0.0) and not _is_within(at, silences):
            yield at
    if plan.has_outage and is_hit_by_outage(plan, node) and not _is_within(plan.hours - 1.0, silences):
        yield plan.hours - plan.chance("last run", node.number, tool).uniform(0.02, 0.9)


def is_hit_by_outage(plan: Plan, node: Node) -> bool:
    """Whether the node is among the four fifths that fail in the last hour of a fleet with an outage."""
    return plan.has_outage and plan.chance("outage", node.number).random() < _HIT_BY_OUTAGE


def _planned(plan: Plan, node: Node, tool: str) -> Iterator[float]:
    chance = plan.chance("times", node.number, tool)
    usual = 24.0 / plan.runs_a_day
    end = plan.hours - (1.0 if plan.has_outage else 0.0)
    at = chance.uniform(0.0, _period(plan, 0.0, usual))
    while at < end:
        yield at
        period = _period(plan, at, usual)
        at += period * (1.0 + chance.uniform(-_JITTER, _JITTER))


def _period(plan: Plan, at: float, usual: float) -> float:
    if plan.shape is Shape.EVEN or at >= plan.hours - _DENSE_HOURS:
        return usual
    if at >= plan.hours - _DAILY_HOURS:
        return max(usual, min(24.0, plan.hours - _DENSE_HOURS - at + 0.1))
    return max(usual, min(168.0, plan.hours - _DAILY_HOURS - at + 0.1))


def _is_within(at: float, spells: list[Spell]) -> bool:
    return any(spell.since <= at < spell.until for spell in spells)
