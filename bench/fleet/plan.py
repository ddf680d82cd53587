"""What a simulated fleet shall be: all that decides its bytes."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

UNTIL: Final = datetime(2026, 11, 23, tzinfo=UTC)


class Shape(enum.StrEnum):
    """How a fleet's runs lie in time."""

    EVEN = "even"
    THIN = "thin"  # once a week at first, daily in the last days, as often as asked for on the very last one


@dataclass(frozen=True, slots=True)
class Plan:
    """A fleet. The same plan gives the same bytes, and a node is the same in fleets of any size.

    Times inside the simulation are hours since `begin`.
    """

    seed: int = 1
    nodes: int = 100
    days: int = 14
    runs_a_day: float = 4.0
    until: datetime = UNTIL
    shape: Shape = Shape.EVEN
    has_outage: bool = False  # in the last hour four fifths of the fleet fail
    has_oddities: bool = False  # nodes with clocks, titles and amounts that no fleet should have, and every fleet has

    @property
    def begin(self) -> datetime:
        return self.until - timedelta(days=self.days)

    @property
    def hours(self) -> float:
        return self.days * 24.0

    def moment(self, at: float) -> datetime:
        """The moment that is `at` hours after the beginning, in whole milliseconds."""
        return self.begin + timedelta(milliseconds=round(at * 3_600_000))

    def chance(self, *about: object) -> Random:
        """Chance of its own for everything that is named, the same in every process."""
        return Random(f"{self.seed} {' '.join(map(str, about))}")


def exponential(chance: Random, mean: float) -> float:
    """How long until something that comes every `mean` hours comes next."""
    return chance.expovariate(1 / mean)


def arrivals(chance: Random, mean: float, until: float) -> list[float]:
    """The moments of something that comes by chance, every `mean` hours on average."""
    found, at = [], exponential(chance, mean)
    while at < until:
        found.append(at)
        at += exponential(chance, mean)
    return found
