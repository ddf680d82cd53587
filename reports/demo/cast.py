"""Which sample plays which part: found by each sample's own word for its story, always the same for one node."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.adapters.contract import Adapter
from reports.adapters.samples import Sample, samples
from reports.demo.fleet import Actor

_INSTEAD = {  # where a tool has no sample of a kind
    "repeated": "corrected",
    "corrected": "changed",
    "first_build": "changed",
    "failed": "changed",
    "changed": "unchanged",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A sample and the time that it tells of."""

    sample: Sample
    at: datetime


class Cast:
    """The samples of all tools that can be told again: those that are exactly one run, or one inventory and no run."""

    def __init__(self, tools: Sequence[Adapter]) -> None:
        self._runs: dict[tuple[str, str], list[Part]] = {}
        self._inventories: dict[str, list[Part]] = {}
        for adapter in tools:
            for sample in samples(adapter):
                self._add(adapter, sample)

    def can_play(self, adapter: Adapter) -> bool:
        """Whether the tool has what a node's everyday life needs."""
        return (adapter.tool, "unchanged") in self._runs

    def run(self, actor: Actor, word: str) -> Part:
        """The sample that tells a run of this kind on this node."""
        while (actor.adapter.tool, word) not in self._runs:
            word = _INSTEAD[word]
        return _choose(self._runs[actor.adapter.tool, word], actor, word)

    def inventory(self, actor: Actor) -> Part | None:
        """The sample that tells what the node is, where the tool sends that apart from runs."""
        found = self._inventories.get(actor.adapter.tool)
        return _choose(found, actor, "inventory") if found else None

    def _add(self, adapter: Adapter, sample: Sample) -> None:
        if "refused" in sample.expected["reading"]:
            return
        reading = adapter.read(sample.report)
        match reading.runs, reading.inventories:
            case (run,), _ if run.outcome is not None:
                self._runs.setdefault((adapter.tool, sample.story), []).append(Part(sample, run.started_at))
            case (), (inventory,):
                self._inventories.setdefault(adapter.tool, []).append(Part(sample, inventory.taken_at))


def _choose(parts: list[Part], actor: Actor, word: str) -> Part:
    return random.Random(f"{actor.name} {word}").choice(parts)  # noqa: S311 - a story, not a secret
