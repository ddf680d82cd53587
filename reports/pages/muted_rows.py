"""Lines of a list with until when each is muted, for its files: a page looks up notes beside its rows instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from reports.analysis.paging import Slice
from reports.people.notes import Subject, find_noted, muted_until

# As files walk over a list: see export.py.
_Find: TypeAlias = Callable[[str | None], Slice[Any]]


@dataclass(frozen=True, slots=True)
class MutedLine:
    """A line of any list, all of whose own it tells as its own; None: nobody muted it."""

    line: Any
    muted_until: datetime | None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the line has
        return getattr(self.line, name)


def with_mutes(find: _Find, about: Callable[[Any], Subject], now: datetime) -> _Find:
    """The same walk with the mutes of each batch beside it. `about`: what notes about a line are found by."""

    def found(cursor: str | None) -> Slice[MutedLine]:
        batch = find(cursor)
        subjects = [about(line) for line in batch.rows]
        nodes = {subject.node_id for subject in subjects if subject.node_id is not None}
        resources = {subject.resource_id for subject in subjects if subject.resource_id is not None}
        noted = find_noted(now, nodes=nodes, resources=resources)
        lines = (
            MutedLine(line, muted_until(noted.of(subject.node_id, subject.resource_id)))
            for line, subject in zip(batch.rows, subjects, strict=True)
        )
        return replace(batch, rows=tuple(lines))

    return found
