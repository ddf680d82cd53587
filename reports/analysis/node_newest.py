"""What did the newest run of each tool on a node apply, and what did it look at?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from reports.analysis.run_resources import Ids, ResourceList, list_named
from reports.store.tables import ResourceSet, Run

RUNS_BACK: Final = 50  # of each node: so far back the newest run of a tool, and one that lists resources, is looked for


@dataclass(frozen=True, slots=True)
class NewestRun:
    """The newest ended run of one tool on a node."""

    tool: str
    run_id: UUID
    at: datetime
    environment: str | None
    code_version: str | None


@dataclass(frozen=True, slots=True)
class ResourcesApart:
    """What only one of two nodes manages, by the newest run of each tool that lists what it looked at on both.

    `unlisted` are tools that run on both and do not list it; what they manage on one node alone is not known.
    """

    only_a: ResourceList
    only_b: ResourceList
    both: int
    compared: tuple[str, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetsApart:
    """The same with the resources by their ids."""

    only_a: Ids
    only_b: Ids
    both: int
    compared: tuple[str, ...]
    unlisted: tuple[str, ...]

    def named(self, names: Mapping[int, str], *, limit: int) -> ResourcesApart:
        """With the first of their names."""
        only_a, only_b = (list_named(ids, names, limit=limit) for ids in (self.only_a, self.only_b))
        return ResourcesApart(only_a, only_b, self.both, self.compared, self.unlisted)


def find_newest(node_ids: Sequence[int]) -> dict[int, tuple[Run, ...]]:
    """The last ended runs of each of these few nodes, newest first. One query along their own keys."""
    each = [Run.objects.filter(node_id=key, outcome__isnull=False).order_by("-at")[:RUNS_BACK] for key in node_ids]
    runs = sorted(each[0].union(*each[1:], all=True), key=lambda run: run.at, reverse=True)
    return {key: tuple(run for run in runs if run.node_id == key) for key in node_ids}


def newest_by_tool(runs: Sequence[Run]) -> tuple[NewestRun, ...]:
    """The newest run of each tool, of runs that come newest first."""
    newest = {run.tool: run for run in reversed(runs)}
    return tuple(
        NewestRun(run.tool, run.id, run.at, run.environment, run.code_version) for _, run in sorted(newest.items())
    )


def compare_sets(a: Sequence[Run], b: Sequence[Run]) -> SetsApart:
    """What the newest runs that list their resources looked at, tool by tool. One query by key."""
    sets = [_sets_of(runs) for runs in (a, b)]
    both_run = {run.tool for run in a} & {run.tool for run in b}
    compared = sorted(both_run & sets[0].keys() & sets[1].keys())
    wanted = {side[tool] for side in sets for tool in compared}
    listed = {row.id: frozenset(row.resource_ids) for row in ResourceSet.objects.filter(id__in=wanted)}
    first, second = (frozenset[int]().union(*(listed.get(side[t], ()) for t in compared)) for side in sets)
    unlisted = tuple(sorted(both_run - set(compared)))
    return SetsApart(first - second, second - first, len(first & second), tuple(compared), unlisted)


def _sets_of(runs: Sequence[Run]) -> dict[str, int]:
    return {run.tool: run.resource_set_id for run in reversed(runs) if run.resource_set_id is not None}
