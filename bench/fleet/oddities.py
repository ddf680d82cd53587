"""Nodes that no fleet should have, and every fleet has: titles, clocks and amounts that bend what trusts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Final

from bench.fleet.cast import Node, Temperament, node_of
from bench.fleet.catalogue import Item, Kind
from bench.fleet.plan import Plan
from bench.fleet.play import Act, Played, play
from bench.fleet.telling import tell_played
from bench.fleet.wire.told import Told
from reports.run import Cause, Status

FIRST: Final = 900_000  # the number of the first odd node: no fleet is that large
NASTY: Final = (
    "/srv/" + "long-" * 399,
    "/srv/\u202eright-to-left\u202c/\u0645\u0631\u062d\u0628\u0627",
    "/srv/<script>alert(1)</script>&amp;<b>",
    "/srv/nul\x00 and \x1b[31mcontrol\x07",
    "/srv/line\nbreak\ttab",
    "/srv/\U0001f6a8 'quoted' \"twice\" $(rm) {{ jinja }}",
    "/srv/?q=1&a=b#fragment/../%2e%2e",
)
_AHEAD, _BEHIND = timedelta(days=3 * 365), timedelta(days=-20)
_TWICE_A_SECOND: Final = 1200
_CHANGES_AT_ONCE: Final = 5000
_SHORTLY: Final = 0.5  # hours before the end of the fleet's time


def tell_oddities(plan: Plan) -> Iterator[Told]:
    """All reports of the odd nodes, one node after another; their truth is told as of any other."""
    for number, tool in enumerate(("puppet", "chef", "salt")):
        yield from _with_nasty_titles(plan, _node(plan, number, "nasty", tool))
        yield from _of_a_wrong_clock(plan, _node(plan, 10 + number, "clock-ahead", tool), _AHEAD)
        yield from _of_a_wrong_clock(plan, _node(plan, 20 + number, "clock-behind", tool), _BEHIND)
        yield from _twice_a_second(plan, _node(plan, 30 + number, "hasty", tool))
        yield from _all_at_once(plan, _node(plan, 40 + number, "everything", tool))


def _node(plan: Plan, number: int, what: str, tool: str) -> Node:
    node = node_of(plan, FIRST + number)
    name = f"{what}-{tool}.{node.environment}.example.net"
    return node._replace(name=name, tools=(tool,), joined_at=-1.0, rebuilt_at=(), is_noop=False, way=0)


def _with_nasty_titles(plan: Plan, node: Node) -> Iterator[Told]:
    """Files whose names nobody should give, with drift enough to bring them to the top of a list."""
    for played in play(plan, node._replace(temperament=Temperament.TUG_OF_WAR, rate=2.0)):
        items = tuple(_named_badly(place, item) for place, item in enumerate(played.items))
        acts = tuple(act._replace(item=items[act.place]) for act in played.acts)
        yield from tell_played(plan, replace(played, items=items, acts=acts))


def _named_badly(place: int, item: Item) -> Item:
    return item._replace(title=f"{NASTY[place % len(NASTY)]}{place}")


def _of_a_wrong_clock(plan: Plan, node: Node, off: timedelta) -> Iterator[Told]:
    """The reports tell another time than that of their arrival; a salt-call or a node's facts do, too."""
    hours = off.total_seconds() / 3600
    for played in play(plan, node):
        for told in tell_played(plan, replace(played, at=played.at + hours)):
            yield replace(told, report=replace(told.report, received_at=told.report.received_at - off))


def _twice_a_second(plan: Plan, node: Node) -> Iterator[Told]:
    """A loop around the tool, for ten minutes."""
    for last in play(plan, node):
        yield from tell_played(plan, last)
    quiet = _quiet(last)
    since = plan.hours - _SHORTLY
    for number in range(1, _TWICE_A_SECOND + 1):
        yield from tell_played(plan, replace(quiet, at=since + number * 0.5 / 3600, number=last.number + number))


def _all_at_once(plan: Plan, node: Node) -> Iterator[Told]:
    """Two ordinary runs of thousands of files, and one in which all of them had to be put right."""
    titles = (f"/srv/data/{place // 100:02}/{place % 100:02}.conf" for place in range(_CHANGES_AT_ONCE))
    items = tuple(Item(Kind.FILE, title, "value") for title in titles)
    wanted = tuple(f"value = {place}" for place in range(len(items)))
    moved = tuple(
        Act(place, item, "value = off", wanted[place], Status.SUCCESS, Cause.CORRECTIVE, is_known_moved=True)
        for place, item in enumerate(items)
    )
    for played, acts in zip(islice(play(plan, node), 3), ((), (), moved), strict=False):
        at = plan.hours - _SHORTLY - 24.0 * (2 - played.number)
        yield from tell_played(plan, replace(_quiet(played), at=at, items=items, wanted=wanted, acts=acts))


def _quiet(played: Played) -> Played:
    return replace(played, acts=(), is_broken=False, is_stale=False, is_outage=False, stopped_at=None)
