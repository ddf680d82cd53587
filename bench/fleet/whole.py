"""A whole fleet in wire format, with its oddities where the plan wants them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.fleet.cast import cast
from bench.fleet.oddities import tell_oddities
from bench.fleet.plan import Plan
from bench.fleet.telling import tell_node
from bench.fleet.wire.told import Told


def tell_fleet(plan: Plan) -> Iterator[Told]:
    """All reports of a fleet, one node after another."""
    for node in cast(plan):
        yield from tell_node(plan, node)
    if plan.has_oddities:
        yield from tell_oddities(plan)
