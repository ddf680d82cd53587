"""The nodes of a simulated fleet: what each is for, which tool keeps it, and how it behaves."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from bench.fleet.catalogue import ENVIRONMENTS, ROLES
from bench.fleet.plan import Plan, arrivals


class Temperament(enum.StrEnum):
    """The hidden process behind a node's drift."""

    STEADY = "steady"  # hardly ever
    NOISY = "noisy"  # by chance, at a rate of its own
    PERIODIC = "periodic"  # by a clock, at two in the morning of every day or of one weekday
    DECAYING = "decaying"  # often, and half as often each time somebody has mended something
    FAILING = "failing"  # something fails for days on end
    REPEATER = "repeater"  # a command that runs in every run
    TUG_OF_WAR = "tug_of_war"  # another owner sets one value back, again and again


class Node(NamedTuple):
    """A node. `rate` is how often something drifts by chance, a day; hours count from the fleet's beginning.

    `joined_at` is negative for a node that was there before the reports began.
    """

    number: int
    name: str
    role: str
    environment: str
    tools: tuple[str, ...]
    way: int  # which of its tool's ways to forward it uses, 0 to 99
    temperament: Temperament
    rate: float
    joined_at: float
    rebuilt_at: tuple[float, ...]
    is_noop: bool


_TOOLS: Final = {"puppet": 50, "chef": 25, "salt": 25}
_TEMPERAMENTS: Final = {
    Temperament.STEADY: 50,
    Temperament.NOISY: 20,
    Temperament.PERIODIC: 8,
    Temperament.DECAYING: 8,
    Temperament.FAILING: 5,
    Temperament.REPEATER: 5,
    Temperament.TUG_OF_WAR: 4,
}
_USUAL_RATE: Final = {Temperament.NOISY: 0.2, Temperament.DECAYING: 0.9}  # a day
_STEADY_RATE: Final = 0.012
_OF_ENVIRONMENT: Final = {"production": 1.0, "staging": 1.4, "dev": 2.0}
_EACH_ROLES_SPREAD, _EACH_NODES_SPREAD = 0.5, 0.8  # of the logarithm of a rate
_DAYS_BETWEEN_REBUILDS: Final = 400


def cast(plan: Plan) -> Iterator[Node]:
    """All nodes of a fleet."""
    return (node_of(plan, number) for number in range(plan.nodes))


def node_of(plan: Plan, number: int) -> Node:
    """One node; it is the same in a fleet of any size."""
    chance = plan.chance("node", number)
    role = ROLES[min(int(chance.expovariate(0.35)), len(ROLES) - 1)]
    environment = chance.choices(ENVIRONMENTS, (70, 20, 10))[0]
    temperament = chance.choices([*_TEMPERAMENTS], [*_TEMPERAMENTS.values()])[0]
    tool = chance.choices([*_TOOLS], [*_TOOLS.values()])[0]
    others = [other for other in _TOOLS if other != tool]
    rate = _USUAL_RATE.get(temperament, _STEADY_RATE) * _OF_ENVIRONMENT[environment]
    rate *= _spread(plan.chance("role", role), _EACH_ROLES_SPREAD) * _spread(chance, _EACH_NODES_SPREAD)
    return Node(
        number=number,
        name=f"{role}{number:05}.{environment}.example.net",
        role=role,
        environment=environment,
        tools=(tool, chance.choice(others)) if chance.random() < 0.01 else (tool,),
        way=chance.randrange(100),
        temperament=temperament,
        rate=min(rate, 4.0),
        joined_at=chance.uniform(0.0, plan.hours) if chance.random() < 0.15 else -1.0,
        rebuilt_at=tuple(arrivals(chance, _DAYS_BETWEEN_REBUILDS * 24, plan.hours)),
        is_noop=chance.random() < 0.02,
    )


def _spread(chance: Random, sigma: float) -> float:
    """A factor around one; a few are large."""
    return math.exp(chance.gauss(0.0, sigma))
