"""Which sample plays which part: found by each sample's own word for its story, always the same for one node."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.adapters.contract import Adapter
from reports.adapters.samples import Sample, samples
from reports.demo.fleet import Actor
from reports.run import Run

ON_MANY_NODES = "corrected on many nodes"  # no sample's own word: the same correction on all nodes of a tool
EVERYDAY = "unchanged"  # what every node must be able to tell, and what it tells where its tool has no better sample


@dataclass(frozen=True, slots=True)
class Part:
    """A sample, the time that it tells of, and the resources (type and title) that it did something to."""

    sample: Sample
    at: datetime
    touches: frozenset[tuple[str, str]] = frozenset()


class Cast:
    """The samples of all tools that can be told again: those that are exactly one run, or one inventory and no run."""

    def __init__(self, tools: Sequence[Adapter]) -> None:
        self._tools = {adapter.tool: adapter for adapter in tools}
        self._runs: dict[tuple[str, str], list[Part]] = defaultdict(list)
        self._inventories: dict[str, list[Part]] = defaultdict(list)
        self._managed: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._tells: dict[str, set[str]] = defaultdict(set)
        for adapter in tools:
            for sample in samples(adapter):
                self._add(adapter, sample)

    def tellers(self) -> Mapping[Adapter, frozenset[str]]:
        """The tools that can tell a node's everyday life, and the stories that each has samples of."""
        told = ((self._tools[tool], frozenset(stories)) for tool, stories in self._tells.items())
        return {adapter: stories for adapter, stories in told if EVERYDAY in stories}

    def run(self, actor: Actor, story: str) -> Part:
        """The sample that tells a run of this kind on this node.

        One about resources that the node manages every day is preferred, so that a node's runs are of one piece.
        """
        tool = actor.adapter.tool
        key = f"{actor.name} {story}"
        if story == ON_MANY_NODES:
            story, key = "corrected", tool
        if story not in self._tells[tool]:
            story = EVERYDAY
        parts = self._runs[tool, story]
        fitting = [part for part in parts if part.touches <= self._managed[tool]]
        return _choose(fitting or parts, key)

    def inventories(self, actor: Actor) -> Sequence[Part]:
        """The samples that tell what the node is, where the tool sends that apart from runs."""
        return self._inventories[actor.adapter.tool]

    def _add(self, adapter: Adapter, sample: Sample) -> None:
        if "refused" in sample.expected["reading"]:
            return
        reading = adapter.read(sample.report)
        match reading.runs, reading.inventories:
            case (run,), _ if run.outcome is not None:
                self._add_run(adapter.tool, sample, run)
            case (), (inventory,):
                self._inventories[adapter.tool].append(Part(sample, inventory.taken_at))

    def _add_run(self, tool: str, sample: Sample, run: Run) -> None:
        touches = frozenset((resource.type, resource.title) for resource in run.resources)
        self._runs[tool, sample.story].append(Part(sample, run.started_at, touches))
        self._tells[tool].add(sample.story)
        if sample.story == EVERYDAY:
            self._managed[tool].update((resource.type, resource.title) for resource in run.in_sync)


def _choose(parts: Sequence[Part], key: str) -> Part:
    return random.Random(key).choice(parts)  # noqa: S311 - a story, not a secret
