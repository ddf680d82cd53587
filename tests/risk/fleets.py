"""Fleets with a hidden truth, small enough to read: nodes that drift by chance, by the clock, in bursts, or fail."""

from __future__ import annotations

from datetime import date

import numpy as np

from reports.risk.fleet_days import Codes, Flags, FleetDays, Group, Numbers, number_groups

FIRST_DAY = date(2026, 8, 3)
ENVIRONMENTS = ("production", "staging")
ROLES = ("web", "db", "mail", None)


def make_days(events: Flags, *, ran: Flags | None = None, failed: Flags | None = None) -> FleetDays:
    """A fleet of one group from its days with a correction; unless said otherwise it ran every day and never failed."""
    count = len(events)
    group_of, groups = number_groups([Group("production", "web")] * count)
    return FleetDays(
        node_ids=np.arange(1, count + 1),
        group_of=group_of,
        groups=groups,
        first_day=FIRST_DAY,
        ran=np.ones_like(events) if ran is None else ran,
        corrected=events,
        failed=np.zeros_like(events) if failed is None else failed,
    )


def make_fleet(seed: int, *, nodes: int = 250, days: int = 84) -> FleetDays:
    """A fleet as they are: most nodes quiet, a few noisy, some by the clock, some that calm down, roles in trouble."""
    chance = np.random.default_rng(seed)
    groups = [Group(str(chance.choice(ENVIRONMENTS)), ROLES[chance.integers(len(ROLES))]) for _ in range(nodes)]
    group_of, names = number_groups(groups)
    daily = _rates(chance, group_of, days)
    corrected = chance.random((nodes, days)) < daily
    by_clock = chance.random(nodes) < 0.05
    corrected[by_clock] |= (np.arange(days) % 7 == chance.integers(7)) & (
        chance.random((int(by_clock.sum()), days)) < 0.95
    )
    return FleetDays(
        node_ids=np.arange(1, nodes + 1),
        group_of=group_of,
        groups=names,
        first_day=FIRST_DAY,
        ran=np.ones((nodes, days), dtype=np.bool_),
        corrected=corrected,
        failed=_failures(chance, nodes, days),
    )


def _rates(chance: np.random.Generator, group_of: Codes, days: int) -> Numbers:
    """A rate a node and day: long-tailed, some halved one day by a fix, and each role has two bad days."""
    nodes = len(group_of)
    group_rates = chance.gamma(1.0, 0.02, size=int(group_of.max()) + 1)
    rates = np.repeat((group_rates[group_of] * chance.gamma(0.4, 2.5, size=nodes))[:, None], days, axis=1)
    fixed = chance.random(nodes) < 0.2
    rates[fixed] *= np.where(np.arange(days) > chance.integers(days), 0.2, 1.5)
    for group in range(len(group_rates)):
        for day in chance.integers(days, size=2):
            rates[group_of == group, day : day + 3] += 0.25
    kept: Numbers = np.minimum(rates, 0.9)
    return kept


def _failures(chance: np.random.Generator, nodes: int, days: int) -> Flags:
    """Rarely a node breaks, and stays broken for some days."""
    failed = np.zeros((nodes, days), dtype=np.bool_)
    for node, day in np.argwhere(chance.random((nodes, days)) < 0.003):
        failed[node, day : day + 1 + chance.geometric(0.3)] = True
    return failed
