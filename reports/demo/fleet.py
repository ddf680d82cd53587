"""Who is in the fleet of the demo, and what each node goes through."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.adapters.contract import Adapter


class Plot(enum.Enum):
    """What happens to a node beside what happens to the whole fleet; `plots.py` tells when."""

    CALM = "calm"  # nothing but what is rolled out
    DRIFTING = "drifting"  # some weeks it has to be corrected every few runs
    DRIFTED = "drifted"  # the same, and its last run put something right
    TUG_OF_WAR = "tug of war"  # somebody else writes what the tool manages
    PERIODIC = "periodic"  # drifts every Sunday night
    REPEATING = "repeating"  # changes something in every run
    FAILING = "failing"  # has failed for a day and a half
    JUST_FAILED = "just failed"  # its last run failed
    STALE = "stale"  # has run on an old catalog for three days
    DRY_RUN = "dry run"  # is only ever asked what it would do, and now there is something
    EARLY = "early"  # got the next release in its last run
    REBUILT = "rebuilt"  # was built again from an empty image
    NEW = "new"  # joined the fleet two weeks ago
    SILENT = "silent"  # as calm, until it stopped reporting a week ago


@dataclass(frozen=True, slots=True)
class Actor:
    """One node. `number` makes its clock differ from the others', `train` is its tool's place among the tools.

    `is_rolled_out_to` is False for what drifts where the tool tells its code: samples of drift are of the old code.
    """

    number: int
    name: str
    environment: str
    adapter: Adapter
    train: int
    plot: Plot
    is_rolled_out_to: bool


_NEEDS = {  # stories that a node's tool must have samples of, beside everyday life
    Plot.DRIFTING: {"corrected"},
    Plot.DRIFTED: {"corrected"},
    Plot.TUG_OF_WAR: {"tug_of_war"},
    Plot.PERIODIC: {"corrected"},
    Plot.REPEATING: {"repeated"},
    Plot.FAILING: {"failing"},
    Plot.JUST_FAILED: {"failed"},
    Plot.STALE: {"stale_catalog"},
    Plot.DRY_RUN: {"pending"},
    Plot.EARLY: {"changed"},
    Plot.REBUILT: {"first_build"},
    Plot.NEW: {"first_build"},
}
_WANTED = frozenset({"settled", "repeated", *(story for stories in _NEEDS.values() for story in stories)})
_OF_OLD_CODE = {Plot.DRIFTING, Plot.DRIFTED, Plot.TUG_OF_WAR, Plot.PERIODIC, Plot.REPEATING}
_NODES = (
    ("web", "production", Plot.CALM),
    ("web", "production", Plot.DRIFTED),
    ("web", "production", Plot.TUG_OF_WAR),
    ("web", "staging", Plot.EARLY),
    ("app", "production", Plot.TUG_OF_WAR),
    ("app", "production", Plot.CALM),
    ("app", "production", Plot.FAILING),
    ("app", "staging", Plot.TUG_OF_WAR),
    ("app", "staging", Plot.DRY_RUN),
    ("db", "production", Plot.PERIODIC),
    ("db", "production", Plot.DRIFTING),
    ("db", "production", Plot.JUST_FAILED),
    ("db", "staging", Plot.PERIODIC),
    ("cache", "production", Plot.REBUILT),
    ("cache", "production", Plot.PERIODIC),
    ("cache", "production", Plot.DRIFTING),
    ("mail", "production", Plot.STALE),
    ("mail", "production", Plot.FAILING),
    ("build", "production", Plot.REPEATING),
    ("build", "production", Plot.REPEATING),
    ("build", "staging", Plot.REPEATING),
    ("log", "production", Plot.NEW),
    ("log", "production", Plot.SILENT),
    ("vpn", "production", Plot.PERIODIC),
)
SIZE = len(_NODES)


def make_fleet(tellers: Mapping[Adapter, frozenset[str]]) -> tuple[Actor, ...]:
    """The nodes, dealt to the tools that can tell what each goes through; `tellers` says what that is for each tool.

    What several nodes go through is dealt to several tools; beyond that a tool with a larger repertoire gets more of
    them. ValueError where no tool can play a part.
    """
    repertoire = {tool: len(stories & _WANTED) for tool, stories in tellers.items()}
    tools = sorted(tellers, key=lambda tool: (-repertoire[tool], tool.tool))
    dealt: Counter[str] = Counter()
    told: Counter[tuple[str, Plot]] = Counter()
    fleet = []
    for number, (role, environment, plot) in enumerate(_NODES):
        able = [tool for tool in tools if tellers[tool] >= _NEEDS.get(plot, set())]
        if not able:
            raise ValueError(f"no tool has samples for a node that is {plot.value}")
        adapter = min(able, key=lambda tool: (told[tool.tool, plot], dealt[tool.tool] / max(1, repertoire[tool])))
        dealt[adapter.tool] += 1
        told[adapter.tool, plot] += 1
        train = tools.index(adapter)
        rolls = plot not in _OF_OLD_CODE or "settled" not in tellers[adapter]
        fleet.append(Actor(number, _name(role, number), environment, adapter, train, plot, rolls))
    return tuple(fleet)


def _name(role: str, number: int) -> str:
    """Counted within the role, as people do."""
    before: Sequence[str] = [other for other, _, _ in _NODES[:number]]
    return f"{role}-{before.count(role) + 1:02}.example.net"
