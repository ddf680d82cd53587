"""Plays a node: run after run, what a tool finds, wants and does, and the true cause of each thing it does.

A tool is played as the real ones work: it compares what is declared with what is there, mends the difference, and (as
Puppet's agent does) remembers what it has left behind. Nothing here knows how that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bench.fleet.cast import Node, Temperament
from bench.fleet.catalogue import Item, Kind, command_of, declared, items_of, new_item
from bench.fleet.plan import Plan
from bench.fleet.processes import Drift, Spell, bad_code_spells, drifts_of, failing_spells
from bench.fleet.rollouts import Rollout, rollouts
from bench.fleet.times import is_hit_by_outage, times_of
from reports.run import Cause, Status

_OUTAGE_HOURS: Final = 1.0


class Act(NamedTuple):
    """What one run did to one thing. `cause` is the hidden truth; `is_mixed`: the code had moved and so had the node.

    `is_known_moved` is what an agent that remembers what it left can tell: it knew the thing, and found it different.
    """

    place: int
    item: Item
    found: str | None
    wanted: str
    status: Status
    cause: Cause
    is_mixed: bool = False
    is_known_moved: bool = False

    @property
    def is_restart(self) -> bool:
        return self.cause is Cause.TRIGGERED


@dataclass(frozen=True, slots=True)
class Played:
    """One run of one tool on one node. `wanted` has a value for each thing, in the order of the run.

    `code` is the version of the code; `is_broken`: it did not compile, so that nothing was done; `is_stale`: the one
    before was applied instead, and found nothing to do. `stopped_at` is the place of the failure that ended a run of a
    tool that stops at the first one.
    """

    node: Node
    tool: str
    number: int
    at: float
    life: int
    code: int
    items: tuple[Item, ...]
    wanted: tuple[str, ...]
    acts: tuple[Act, ...]
    is_broken: bool = False
    is_stale: bool = False
    is_outage: bool = False
    is_noop: bool = False
    stopped_at: int | None = None
    is_first_of_life: bool = False

    @property
    def is_failed(self) -> bool:
        return self.is_broken or any(act.status is Status.FAILED for act in self.acts)

    @property
    def corrections(self) -> int:
        return sum(act.cause is Cause.CORRECTIVE and act.status is Status.SUCCESS for act in self.acts)


def play(plan: Plan, node: Node, tool: str | None = None) -> Iterator[Played]:
    """The runs of a tool on a node (its first one unless told), in order."""
    tool = tool or node.tools[0]
    stage = _Stage(plan, node, stops_at_failure=tool == "chef", keeps_code=tool == "puppet" and not node.way % 3)
    for number, at in enumerate(times_of(plan, node, tool)):
        yield stage.run(tool, number, at)


@dataclass(slots=True)
class _Stage:
    """A node in the middle of its play."""

    plan: Plan
    node: Node
    stops_at_failure: bool
    keeps_code: bool  # falls back on the code of the run before where the new one does not compile
    items: list[Item] = field(init=False)
    versions: list[int] = field(init=False)
    wanted: tuple[str, ...] = field(init=False)
    real: dict[int, str | None] = field(init=False, default_factory=dict)  # absent: never was there
    left: dict[int, str] = field(init=False, default_factory=dict)  # what the tool has left behind, in this life
    moved: set[int] = field(init=False, default_factory=set)  # places worth a look
    drifts: Iterator[Drift] = field(init=False)
    next_drift: Drift | None = field(init=False)
    rollouts: list[Rollout] = field(init=False)
    rebuilds: list[float] = field(init=False)
    code: int = field(init=False, default=0)
    life: int = field(init=False, default=0)
    is_new: bool = field(init=False, default=True)

    def __post_init__(self) -> None:
        node, plan = self.node, self.plan
        has_command = node.temperament is Temperament.REPEATER
        self.items = [*items_of(node.role)[: None if has_command else command_of(node.role)]]
        self.versions = [0] * len(self.items)
        self._declare()
        self.drifts = iter(drifts_of(plan, node))
        self.next_drift = next(self.drifts, None)
        self.rollouts = [*rollouts(plan, node.role, node.environment)]
        self.rebuilds = [at for at in node.rebuilt_at if at > node.joined_at]
        self.moved = set(range(len(self.items)))
        if node.joined_at < 0:
            self.left = dict(enumerate(self.wanted))
            self.real.update(self.left)
            self.is_new = False

    def run(self, tool: str, number: int, at: float) -> Played:
        self._move_on(at)
        is_outage = at >= self.plan.hours - _OUTAGE_HOURS and is_hit_by_outage(self.plan, self.node)
        cannot_compile = self._is_in(bad_code_spells(self.plan, self.node.role, self.node.environment), at, None)
        is_stale = cannot_compile and not is_outage and self.keeps_code and self._has_nothing_to_do
        is_broken = (is_outage or cannot_compile) and not is_stale
        acts = () if is_broken else tuple(self._acts(at))
        failed = next((act.place for act in acts if act.status is Status.FAILED), None)
        played = Played(
            node=self.node,
            tool=tool,
            number=number,
            at=at,
            life=self.life,
            code=self.code,
            items=tuple(self.items),
            wanted=self.wanted,
            acts=acts,
            is_broken=is_broken,
            is_stale=is_stale,
            is_outage=is_outage,
            is_noop=self._is_noop,
            stopped_at=failed if self.stops_at_failure else None,
            is_first_of_life=self.is_new,
        )
        self.is_new = self.is_new and is_broken
        return played

    @property
    def _is_noop(self) -> bool:
        return self.node.is_noop and not self.stops_at_failure  # a tool that reports nothing of dry runs has none here

    @property
    def _has_nothing_to_do(self) -> bool:
        return not self.moved and not self._always()

    def _move_on(self, at: float) -> None:
        """All that happened before `at`, in its order but for roll-outs, which touch nothing on the node."""
        while self.rebuilds and self.rebuilds[0] <= at:
            self._drift_until(self.rebuilds.pop(0))
            self.real, self.left, self.life, self.is_new = {}, {}, self.life + 1, True
            self.moved = set(range(len(self.items)))
        self._drift_until(at)
        while self.rollouts and self.rollouts[0].at <= at:
            self._roll_out(self.rollouts.pop(0))

    def _drift_until(self, at: float) -> None:
        while self.next_drift and self.next_drift.at <= at:
            drift = self.next_drift
            if drift.item in self.real:  # nobody moves what is not there yet
                self.real[drift.item] = drift.found
                self.moved.add(drift.item)
            self.next_drift = next(self.drifts, None)

    def _roll_out(self, rollout: Rollout) -> None:
        usual = len(items_of(self.node.role))
        if rollout.item < usual:
            self.versions[rollout.item] += 1
            self.moved.add(rollout.item)
        else:
            self.items.append(new_item(self.node.role, rollout.item - usual))
            self.versions.append(0)
            self.moved.add(len(self.items) - 1)
        self.code += rollout.moves_code
        self._declare()

    def _declare(self) -> None:
        environment = self.node.environment
        self.wanted = tuple(
            declared(item, version, environment) for item, version in zip(self.items, self.versions, strict=True)
        )

    def _acts(self, at: float) -> Iterator[Act]:
        """One act for each thing that is not as declared, in order, and at last the restarts that follow from them."""
        spells = failing_spells(self.plan, self.node)
        done: list[Act] = []
        for place in sorted(self.moved | self._always()):
            act = self._act(place, is_failing=self._is_in(spells, at, place))
            if act is None:
                self.moved.discard(place)
                continue
            done.append(act)
            yield act
            if act.status is Status.FAILED and self.stops_at_failure:
                return
            if act.status is Status.SUCCESS:
                self.real[place] = self.left[place] = act.wanted
                self.moved.discard(place)
        if not any(act.status is Status.FAILED for act in done):
            yield from self._restarts(done)

    def _always(self) -> set[int]:
        return {place for place, item in enumerate(self.items) if item.kind is Kind.COMMAND}

    def _act(self, place: int, *, is_failing: bool) -> Act | None:
        item, wanted = self.items[place], self.wanted[place]
        found, left = self.real.get(place), self.left.get(place)
        status = Status.FAILED if is_failing else Status.PENDING if self._is_noop else Status.SUCCESS
        if item.kind is Kind.COMMAND:
            return Act(place, item, None, wanted, status, Cause.REPEATED, is_known_moved=left is not None)
        if found == wanted:
            self.left[place] = wanted
            return None
        if left is None:
            return Act(place, item, found, wanted, status, Cause.FIRST_BUILD)
        is_intended, is_moved = wanted != left, found != left
        cause = Cause.INTENDED if is_intended and not is_moved else Cause.CORRECTIVE
        return Act(place, item, found, wanted, status, cause, is_intended and is_moved, is_moved)

    def _restarts(self, done: Iterable[Act]) -> Iterator[Act]:
        """Services that a changed file restarts, but for those that this run has started anyway."""
        touched = {act.place for act in done}
        names = {act.item.restarts for act in done if act.status is Status.SUCCESS}
        for place, item in enumerate(self.items):
            if item.kind is Kind.SERVICE and item.title in names and place not in touched:
                yield Act(place, item, "running", self.wanted[place], Status.SUCCESS, Cause.TRIGGERED)

    @staticmethod
    def _is_in(spells: list[Spell], at: float, item: int | None) -> bool:
        return any(spell.since <= at < spell.until and spell.item == item for spell in spells)
