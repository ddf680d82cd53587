"""The days of a whole fleet side by side: what every forecast is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int64]

WEEK = 7
_OF_BUSIEST = 10


class Group(NamedTuple):
    """Nodes that are alike: those of one role in one environment. None: not told, which is a group as well."""

    environment: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class FleetDays:
    """One row a node, one column a UTC day, the newest last. What happened on a day counts once, however often.

    `elapsed` is how much of the newest day is over, 0 to 1: a quiet morning says less than a quiet day.
    """

    node_ids: Codes
    group_of: Codes  # by node, a place in `groups`
    groups: tuple[Group, ...]
    first_day: date
    ran: Flags
    corrected: Flags
    failed: Flags
    elapsed: float = 1.0

    @property
    def length(self) -> int:
        """How many days."""
        return int(self.ran.shape[1])

    @property
    def events(self) -> Flags:
        """Days with a correction or a failed run: what is foretold."""
        return self.corrected | self.failed

    def before(self, column: int) -> FleetDays:
        """What was known at the beginning of a day, which is given by its column."""
        return replace(
            self,
            ran=self.ran[:, :column],
            corrected=self.corrected[:, :column],
            failed=self.failed[:, :column],
            elapsed=1.0,
        )

    def without_prehistory(self) -> FleetDays:
        """From the first day on which a tenth as many ran as on the busiest: what a clock years off, or a few nodes on
        trial, told before that is no history of the fleet."""
        ran = self.ran.sum(axis=0)
        begin = int((ran * _OF_BUSIEST >= max(ran.max(initial=0), 1)).argmax()) if ran.any() else self.length
        return replace(
            self,
            first_day=self.day(begin),
            ran=self.ran[:, begin:],
            corrected=self.corrected[:, begin:],
            failed=self.failed[:, begin:],
        )

    def day(self, column: int) -> date:
        """The day of a column."""
        return self.first_day + timedelta(days=column)

    def those(self, chosen: Flags) -> FleetDays:
        """These nodes only."""
        return replace(
            self,
            node_ids=self.node_ids[chosen],
            group_of=self.group_of[chosen],
            ran=self.ran[chosen],
            corrected=self.corrected[chosen],
            failed=self.failed[chosen],
        )


def on_any(flags: Flags) -> Flags:
    """By node: was it so on any of these days?"""
    return np.asarray(flags.any(axis=1), dtype=np.bool_)


def by_week(flags: Flags) -> Flags:
    """By node and whole week back from the end, the newest last: was it so on any day?"""
    weeks = flags.shape[1] // WEEK
    days = flags[:, flags.shape[1] - weeks * WEEK :].reshape(len(flags), weeks, WEEK)
    return np.asarray(days.any(axis=2), dtype=np.bool_)


def number_groups(groups: Sequence[Group]) -> tuple[Codes, tuple[Group, ...]]:
    """The group of each node as a number, and the groups in order of their numbers."""
    numbers: dict[Group, int] = {}
    codes = [numbers.setdefault(group, len(numbers)) for group in groups]
    return np.array(codes, dtype=np.int64), tuple(numbers)
