"""Who is in the fleet of the demo, and what each node is like."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from reports.adapters.contract import Adapter


class Character(enum.Enum):
    """What a node's runs are like, most of the time."""

    CALM = "calm"  # nothing but what is rolled out
    DRIFTING = "drifting"  # has to be corrected every few runs
    REPEATING = "repeating"  # changes something in every run
    FAILING = "failing"  # most runs fail
    SILENT = "silent"  # as calm, until it stopped reporting a week ago


@dataclass(frozen=True, slots=True)
class Actor:
    """One node. `number` makes its clock differ from the others'."""

    number: int
    name: str
    environment: str
    adapter: Adapter
    character: Character


_ROLES = ("web", "web", "db", "cache", "app", "app", "build", "mail")
_CHARACTERS = {
    1: Character.DRIFTING,
    4: Character.REPEATING,
    6: Character.DRIFTING,
    8: Character.DRIFTING,
    11: Character.FAILING,
    15: Character.DRIFTING,
    18: Character.SILENT,
    20: Character.DRIFTING,
}
SIZE = 24


def make_fleet(tools: Sequence[Adapter]) -> tuple[Actor, ...]:
    """The 24 nodes, shared out evenly among the tools; every third node is staging."""
    return tuple(_actor(number, tools[number % len(tools)]) for number in range(SIZE))


def _actor(number: int, adapter: Adapter) -> Actor:
    environment = "staging" if number // 2 % 3 == 2 else "production"
    role = _ROLES[number % len(_ROLES)]
    return Actor(
        number=number,
        name=f"{role}-{number + 1:02}.{environment}.example.net",
        environment=environment,
        adapter=adapter,
        character=_CHARACTERS.get(number, Character.CALM),
    )
