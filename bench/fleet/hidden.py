"""The bare truth of a fleet by day, without a report: what a forecast is to foretell, made within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bench.fleet.cast import cast
from bench.fleet.plan import Plan
from bench.fleet.play import Played, play


@dataclass(slots=True)
class HiddenDay:
    """A day (UTC) on which a node ran: how often, what of it failed, and how much was truly put right."""

    node: str
    day: date
    role: str
    environment: str
    runs: int = 0
    failed_runs: int = 0
    corrections: int = 0

    @property
    def has_event(self) -> bool:
        """Whether the node needed a correction or failed."""
        return bool(self.corrections or self.failed_runs)

    def add(self, played: Played) -> None:
        self.runs += 1
        self.failed_runs += played.is_failed
        self.corrections += played.corrections


def hidden_days(seed: int, nodes: int, days: int) -> Iterator[HiddenDay]:
    """The days of the fleet with this seed that runs four times a day, node after node, each in order."""
    return hidden_days_of(Plan(seed=seed, nodes=nodes, days=days))


def hidden_days_of(plan: Plan) -> Iterator[HiddenDay]:
    """The days of a planned fleet, node after node, each in order; without its oddities."""
    for node in cast(plan):
        current: HiddenDay | None = None
        for played in play(plan, node):
            day = plan.moment(played.at).date()
            if current is None or current.day != day:
                if current:
                    yield current
                current = HiddenDay(node.name, day, node.role, node.environment)
            current.add(played)
        if current:
            yield current
