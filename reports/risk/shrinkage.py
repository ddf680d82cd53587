"""How often does it happen to each node, when a few days of one node say little? Empirical Bayes, by steps.

The fleet's share of days with an event is drawn towards a cautious guess, an environment's towards the fleet's, that of
a role in it towards the environment's, and the node's towards its role's. How hard each is drawn is told by the fleet
itself: where nodes of a role hardly differ, a node of its own opinion needs many days to be believed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import Codes, FleetDays, Numbers

GUESS, GUESS_TRIES = 0.02, 50.0  # of a fleet of which nothing is known: one day in fifty, worth fifty days
_WEAKEST, _STRONGEST = 1.0, 500.0  # pseudo-tries


@dataclass(frozen=True, slots=True)
class Tries:
    """By node: how often it was tried, and how often it hit. Decayed counts, so no whole numbers."""

    hits: Numbers
    tries: Numbers


@dataclass(frozen=True, slots=True)
class Kin:
    """Whom a node is like: by node its group, and by group its environment."""

    group_of: Codes
    environment_of: Codes


def kin_of(fleet: FleetDays) -> Kin:
    """Roles within environments, as the groups name them."""
    numbers: dict[str | None, int] = {}
    codes = [numbers.setdefault(group.environment, len(numbers)) for group in fleet.groups]
    return Kin(fleet.group_of, np.array(codes, dtype=np.int64))


def shrink_groups(seen: Tries, kin: Kin) -> Numbers:
    """By group: its share of hits, drawn to its environment's and the fleet's."""
    fleet = float((seen.hits.sum() + GUESS * GUESS_TRIES) / (seen.tries.sum() + GUESS_TRIES))
    groups = add_up(_deflate(seen, fleet), kin.group_of, len(kin.environment_of))
    environments = add_up(groups, kin.environment_of, int(kin.environment_of.max(initial=-1)) + 1)
    by_environment = draw(environments, np.full(len(environments.hits), fleet))
    return draw(groups, by_environment[kin.environment_of])


def _deflate(seen: Tries, mean: float) -> Tries:
    """The tries of a node at what they are worth for a mean of nodes: a hundred days of one node are one node."""
    strength = likeness(seen, np.full(len(seen.hits), mean))
    worth = (strength + 1) / (strength + seen.tries)
    return Tries(seen.hits * worth, seen.tries * worth)


def draw(seen: Tries, towards: Numbers, strength: float | None = None) -> Numbers:
    """Each share of hits, drawn to what its like would have; `strength` in tries, None: as hard as they are alike."""
    pull = likeness(seen, towards) if strength is None else strength
    drawn: Numbers = (seen.hits + pull * towards) / (seen.tries + pull)
    return drawn


def likeness(seen: Tries, towards: Numbers) -> float:
    """How many tries the mean of one's like is worth: the strength of a beta prior, by the method of moments.

    Var(share) = m(1-m) (1/n + r(1-1/n)) for a beta-binomial of mean m after n tries; strength is 1/r - 1.
    """
    told = seen.tries >= 1
    if not told.any():
        return _STRONGEST
    tries, means = seen.tries[told], towards[told]
    spread = means * (1 - means)
    beyond = tries * ((seen.hits[told] / tries - means) ** 2 - spread / tries)
    scale = float((tries * spread * (1 - 1 / tries)).sum())
    if scale <= 0:
        return _STRONGEST
    correlation = min(max(float(beyond.sum()) / scale, 1 / (_STRONGEST + 1)), 1 / (_WEAKEST + 1))
    return 1 / correlation - 1


def add_up(seen: Tries, codes: Codes, length: int) -> Tries:
    """The hits and tries of those of one code together, in order of the codes."""
    return Tries(_add_up(seen.hits, codes, length), _add_up(seen.tries, codes, length))


def _add_up(counts: Numbers, codes: Codes, length: int) -> Numbers:
    return np.bincount(codes, weights=counts, minlength=length).astype(np.float64)
