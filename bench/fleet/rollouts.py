"""How the code moves: what is rolled out to which environment, and when."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from bench.fleet.catalogue import items_of, moving
from bench.fleet.plan import Plan, arrivals

_HOURS_BETWEEN: Final = 9 * 24.0


class Rollout(NamedTuple):
    """One move of a role's code: `item` gets its next declared value, or is new where it lies beyond the usual ones.

    A new value may come by the data alone: the code's own version stands still then.
    """

    at: float
    item: int
    moves_code: bool


@lru_cache(maxsize=512)
def rollouts(plan: Plan, role: str, environment: str) -> tuple[Rollout, ...]:
    """The roll-outs of one role as they come to one environment, in order: the others go before production."""
    chance = plan.chance("rollouts", role)
    found, new = [], len(items_of(role))
    for begun in arrivals(chance, _HOURS_BETWEEN, plan.hours):
        staged, released = begun + chance.uniform(1, 5), begun + chance.uniform(30, 80)
        at = {"dev": begun, "staging": staged, "production": released}[environment]
        is_new, moves_code = chance.random() < 0.1, chance.random() < 0.7
        item = new if is_new else chance.choice(moving(role))
        new += is_new
        found.append(Rollout(at, item, moves_code))
    return tuple(sorted(found))
