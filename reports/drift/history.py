"""What is known of one node, in the order in which it happened: all that a cause may follow from.

Pure shapes. The causes of a node are a function of its History and of nothing else, so that the order in which reports
arrived, and how they were batched, cannot show in them.

And of a part of it only, for nobody could read years of a node at every report. The cause of a change may rest on
- its own run, and the LOOK_BACK runs of the same tool before it (all runs count, of whatever outcome and life),
- the last EARLIER_CHANGES changes of the same resource by the same tool before its run, however old they are,
- those of the LOOK_AHEAD runs of the same tool after it that have changes: a last run without any must not alter a
  cause, because such a run arrives all the time and nothing is read again for it,
- the node's lives, and the number of companions up to ENOUGH_COMPANIONS.
Other tools on the node are never looked at. Outcome.CHANGED and CORRECTED are alike here: they follow from causes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from reports.run import Outcome, Status

LOOK_BACK: Final = 16
LOOK_AHEAD: Final = 3
EARLIER_CHANGES: Final = 8
ENOUGH_COMPANIONS: Final = 5  # more are not counted; a hand that errs seldom errs on six machines alike
COMPANION_TIME: Final = timedelta(hours=8)  # before and after a change: a roll-out reaches nodes at their next runs


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
    unchanged: int | None = None  # resources that it found as they should be, listed or only counted


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
    is_action: bool


class Life(NamedTuple):
    """A machine that stood behind the node's name from `since` on, as one tool tells its identity."""

    since: datetime
    machine_id: int
    tool: str


Listing: TypeAlias = frozenset[int]


@dataclass(frozen=True, slots=True)
class History:
    """One node, from a moment on: of one tool where it comes from the database, of all tools where it is told whole.

    `runs` are in order of (at, run_id). The first `known_before` of them are there as evidence only and are not
    explained; `is_whole` says that nothing came before them. `earlier` holds, for every resource that changes in
    `runs`, its last changes from before them, the newest first, as far as `runs` themselves hold less than
    EARLIER_CHANGES. Of the listings at least that part is there which speaks of resources that change in `runs`.
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
    companions: Mapping[ChangeKey, int] = field(default_factory=dict)  # other nodes, see reports/store/likeness.py
