"""Nodes in wire format: every report of a node, each with the hidden truth of what it tells."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from bench.fleet.cast import Node
from bench.fleet.plan import Plan
from bench.fleet.play import Played, play
from bench.fleet.wire import chef, puppet_json, salt
from bench.fleet.wire.puppet import Account, way_of
from bench.fleet.wire.puppet_events import MASTERLESS, type_and_title
from bench.fleet.wire.puppet_yaml import tell_yaml
from bench.fleet.wire.told import Told, truths

_FACTS_EVERY: Final = 7 * 24.0


def tell_node(plan: Plan, node: Node) -> Iterator[Told]:
    """The reports of a node, those of all its tools, in the order of their arrival."""
    streams = [_tell_tool(plan, node, tool) for tool in node.tools]
    return heapq.merge(*streams, key=_arrived_at)


def tell_played(plan: Plan, played: Played) -> Iterator[Told]:
    """The reports of one run."""
    return _TOOLS[played.tool][0](plan, played)


def _arrived_at(told: Told) -> datetime:
    return told.report.received_at


def _tell_tool(plan: Plan, node: Node, tool: str) -> Iterator[Told]:
    tell, tell_facts = _TOOLS[tool]
    life, told_at = -1, 0.0
    for played in play(plan, node, tool):
        if played.life != life or played.at - told_at > _FACTS_EVERY:
            yield from tell_facts(plan, played)
            life, told_at = played.life, played.at
        yield from tell(plan, played)


def _tell_puppet(plan: Plan, played: Played) -> Iterator[Told]:
    account = Account(plan, played, way_of(played.node))
    if (played.is_broken or played.is_stale) and account.way.mode == MASTERLESS:
        return  # `puppet apply` ends before there is anything to report
    came = tell_yaml(account) if account.way.is_yaml else puppet_json.tell_stored(account)
    yield Told(came.report, truths(played.acts, type_and_title))


def _tell_puppet_facts(plan: Plan, played: Played) -> Iterator[Told]:
    if not way_of(played.node).is_yaml:
        yield puppet_json.tell_facts(plan, played)


def _tell_chef(plan: Plan, played: Played) -> Iterator[Told]:
    if not played.is_noop:  # Chef reports no dry run
        yield from chef.tell(plan, played)


def _no_facts(_plan: Plan, _played: Played) -> Iterator[Told]:
    return iter(())  # Chef tells them with every run


_Tell = Callable[[Plan, Played], Iterator[Told]]
_TOOLS: Final[dict[str, tuple[_Tell, _Tell]]] = {
    "puppet": (_tell_puppet, _tell_puppet_facts),
    "chef": (_tell_chef, _no_facts),
    "salt": (salt.tell, salt.tell_facts),
}
