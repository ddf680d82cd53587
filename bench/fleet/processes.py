"""The hidden processes: when something on a node moves away from what is declared, and when its runs go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

from bench.fleet.cast import Node, Temperament
from bench.fleet.catalogue import Kind, drifting, items_of
from bench.fleet.plan import Plan, arrivals, exponential


class Drift(NamedTuple):
    """Something is no longer what it was left as; `found` None: it is gone."""

    at: float
    item: int
    found: str | None


class Spell(NamedTuple):
    """A stretch of time in which `item` cannot be put right; None: in which no run gets as far as that."""

    since: float
    until: float
    item: int | None = None


_WEEK: Final = 168.0
_HOURS_BETWEEN_BURSTS, _BURST_LASTS, _CAUGHT_IN_BURST = 45 * 24.0, 2.0, 0.6
_HOURS_BETWEEN_MENDING: Final = 12 * 24.0
_HOURS_BETWEEN_BAD_CODE, _BAD_CODE_LASTS = 90 * 24.0, 5.0
_WEEKEND: Final = 0.4  # how much of what happens on a working day happens then
_FAVOURITES: Final = 4  # things of a node that drift more than its others


def drifts_of(plan: Plan, node: Node) -> list[Drift]:
    """All that drifts on a node, in order."""
    chance = plan.chance("drift", node.number)
    found = [*_by_chance(plan, node, chance), *_bursts(plan, node, chance)]
    match node.temperament:
        case Temperament.PERIODIC:
            found += _by_clock(plan, node, chance)
        case Temperament.TUG_OF_WAR:
            found += _by_another_owner(plan, node, chance)
    for spell in failing_spells(plan, node):
        if spell.item is not None:
            found.append(Drift(spell.since, spell.item, _stray(node, spell.item, chance)))
    return sorted(found, key=lambda drift: (drift.at, drift.item))


@lru_cache(maxsize=64)
def failing_spells(plan: Plan, node: Node) -> list[Spell]:
    """When and what fails on a node for days; nodes of that temperament have many such spells, others hardly any."""
    chance = plan.chance("failing", node.number)
    mean = 20 * 24.0 if node.temperament is Temperament.FAILING else 500 * 24.0
    may_fail = [
        place for place in drifting(node.role) if items_of(node.role)[place].kind in {Kind.PACKAGE, Kind.SERVICE}
    ]
    return [
        Spell(at, at + exponential(chance, 60.0), chance.choice(may_fail)) for at in arrivals(chance, mean, plan.hours)
    ]


@lru_cache(maxsize=512)
def bad_code_spells(plan: Plan, role: str, environment: str) -> list[Spell]:
    """When the code of a role cannot be compiled, in the whole of an environment."""
    chance = plan.chance("bad code", role, environment)
    mean = _HOURS_BETWEEN_BAD_CODE * (1.0 if environment == "production" else 0.4)
    return [Spell(at, at + exponential(chance, _BAD_CODE_LASTS)) for at in arrivals(chance, mean, plan.hours)]


def silent_spells(plan: Plan, node: Node) -> list[Spell]:
    """When a node does not run at all; a few stay away for good."""
    chance = plan.chance("silence", node.number)
    found = [Spell(at, at + exponential(chance, 40.0)) for at in arrivals(chance, 70 * 24.0, plan.hours)]
    if chance.random() < 0.02:
        found.append(Spell(plan.hours * chance.uniform(0.6, 0.98), plan.hours))
    return found


def _by_chance(plan: Plan, node: Node, chance: Random) -> Iterator[Drift]:
    """Hands on the node: more on working days, a few things more than others; decaying where mending helps."""
    favourites = chance.sample(drifting(node.role), _FAVOURITES)
    for at in arrivals(chance, 24.0 / node.rate, plan.hours):
        is_weekend = plan.moment(at).weekday() >= 5
        if chance.random() >= (_WEEKEND if is_weekend else 1.0):
            continue
        if node.temperament is Temperament.DECAYING and chance.random() >= 0.5 ** _mended(plan, node, at):
            continue
        item = chance.choice(favourites if chance.random() < 0.8 else drifting(node.role))
        yield Drift(at, item, _stray(node, item, chance))


def _mended(plan: Plan, node: Node, at: float) -> int:
    """How often somebody has mended what made this node drift."""
    return sum(mended <= at for mended in _mendings(plan, node.number))


@lru_cache(maxsize=64)
def _mendings(plan: Plan, number: int) -> list[float]:
    return arrivals(plan.chance("mending", number), _HOURS_BETWEEN_MENDING, plan.hours)


def _bursts(plan: Plan, node: Node, chance: Random) -> Iterator[Drift]:
    """What hits many nodes of a role at about one time: a script, a hand with a list of names, a package's upgrade."""
    for burst in _bursts_of(plan, node.role, node.environment):
        if chance.random() < _CAUGHT_IN_BURST:
            yield burst._replace(at=burst.at + chance.uniform(0.0, _BURST_LASTS))


@lru_cache(maxsize=512)
def _bursts_of(plan: Plan, role: str, environment: str) -> list[Drift]:
    chance = plan.chance("bursts", role, environment)
    found = []
    for at in arrivals(chance, _HOURS_BETWEEN_BURSTS, plan.hours):
        item = chance.choice(drifting(role))
        found.append(Drift(at, item, chance.choice(items_of(role)[item].strays)))
    return found


def _by_clock(plan: Plan, node: Node, chance: Random) -> Iterator[Drift]:
    item = chance.choice(drifting(node.role))
    found, period = _stray(node, item, chance), 24.0 if chance.random() < 0.6 else _WEEK
    midnight = (plan.moment(0.0).hour + plan.moment(0.0).minute / 60) % 24
    at = (2.0 - midnight) % 24 + (24.0 * chance.randrange(7) if period == _WEEK else 0.0)
    while at < plan.hours:
        yield Drift(at + chance.uniform(0.0, 0.05), item, found)
        at += period


def _by_another_owner(plan: Plan, node: Node, chance: Random) -> Iterator[Drift]:
    item = chance.choice(drifting(node.role))
    found, period = _stray(node, item, chance), chance.choice((3.0, 6.0, 12.0))
    steps = [chance.uniform(0.0, period)]
    while steps[-1] < plan.hours:
        steps.append(steps[-1] + period)
    yield from (Drift(at, item, found) for at, _ in pairwise(steps))


def _stray(node: Node, item: int, chance: Random) -> str | None:
    return chance.choice(items_of(node.role)[item].strays)
