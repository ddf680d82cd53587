"""Which of the runs that arrived are to be stored: new ones, and those whose report is richer than the one we have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from reports.store.arrived import Fate
from reports.store.marks import Moment
from reports.store.rows import PlacedRun

RunKey: TypeAlias = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run that the database has."""

    node_id: int
    run_id: UUID
    at: datetime
    richness: int

    @property
    def key(self) -> RunKey:
        return self.node_id, self.run_id

    @property
    def moment(self) -> Moment:
        return Moment(self.node_id, self.at)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The fate of each run, the indexes of those to store, and the stored ones that have to go for them."""

    fates: tuple[Fate, ...]
    kept: tuple[int, ...]
    replaced: tuple[StoredRun, ...]


def weigh(placed: Sequence[PlacedRun], stored: Mapping[RunKey, StoredRun]) -> Weighed:
    """Of several reports of one run the richest wins, of equally rich ones the first, unless it is read again."""
    best: dict[RunKey, int] = {}
    fates: list[Fate] = []
    for index, run in enumerate(placed):
        known = _known_richness(run.key, best, placed, stored)
        if known is None:
            fates.append(Fate.NEW)
        elif run.richness > known or (run.arrived.is_again and run.richness == known):
            fates.append(Fate.REPLACED)
        else:
            fates.append(Fate.DUPLICATE)
            continue
        best[run.key] = index
    replaced = tuple(stored[key] for key in best if key in stored)
    return Weighed(tuple(fates), tuple(sorted(best.values())), replaced)


def _known_richness(
    key: RunKey, best: Mapping[RunKey, int], placed: Sequence[PlacedRun], stored: Mapping[RunKey, StoredRun]
) -> int | None:
    if key in best:
        return placed[best[key]].richness
    return stored[key].richness if key in stored else None
