"""What is known of one node, in the order in which it happened: all that a cause may follow from.

Pure shapes. The causes of a node are a function of its History and of nothing else, so that the order in which reports
arrived, and how they were batched, cannot show in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from reports.run import Outcome, Status


class ChangeKey(NamedTuple):
    """A change of a node: the run, and its place in it."""

    run_id: UUID
    ordinal: int


class PastRun(NamedTuple):
    """A run as the store remembers it. `machine_id` is told by the run itself; see also History.lives."""

    at: datetime
    run_id: UUID
    tool: str
    environment: str | None
    code_version: str | None
    outcome: Outcome | None
    noop: bool
    machine_id: int | None
    resource_set_id: int | None
    declared_set_id: int | None


class PastChange(NamedTuple):
    """A change as the store remembers it; `desired` and `found` are digests comparable within one node and resource.

    `said_corrective` and `said_triggered` are the tool's own words.
    """

    key: ChangeKey
    at: datetime
    resource_id: int
    occurrence: str | None  # the tool's own identity of the resource, where type and title are not all of it
    property: str | None
    status: Status
    old: str | None
    new: str | None
    found: str | None
    desired: str | None
    message: str | None
    said_corrective: bool | None
    said_triggered: bool
    is_sensitive: bool


class Life(NamedTuple):
    """A machine that stood behind the node's name from `since` on, as one tool tells its identity."""

    since: datetime
    machine_id: int


Listing: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class History:
    """One node, from a moment on.

    `runs` are in order of (at, run_id), those of all tools. The first `known_before` of them are there as evidence only
    and are not explained; `is_whole` says that nothing came before them. `earlier` holds, for every resource that
    changes in `runs`, its last changes from before them, the newest first.
    """

    node_id: int
    runs: Sequence[PastRun]
    changes: Mapping[UUID, Sequence[PastChange]]  # by run, in the order of the run; runs without changes are absent
    known_before: int = 0
    is_whole: bool = True
    earlier: Mapping[int, Sequence[PastChange]] = field(default_factory=dict)
    resource_sets: Mapping[int, Listing] = field(default_factory=dict)  # set id → ids of the resources listed
    declared_sets: Mapping[int, Listing] = field(default_factory=dict)  # set id → see reports/store/ids.declared_id
    lives: Sequence[Life] = ()  # oldest first
    companions: Mapping[ChangeKey, int] = field(default_factory=dict)  # other nodes with the same change about then
