"""What can a list be filtered by?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.analysis.together import Asked, Row, answer
from reports.sql import load

LIST_CHOICES = load(__file__, "list_choices")


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that nodes really have, each in order."""

    sites: tuple[str, ...]
    environments: tuple[str, ...]
    tools: tuple[str, ...]


def list_choices() -> Choices:
    """Costs as much as there are values, however many nodes have them."""
    return answer(ASK_CHOICES)


def _choices(rows: list[Row]) -> Choices:
    ((sites, environments, tools),) = rows
    return Choices(tuple(sorted(sites)), tuple(sorted(environments)), tuple(sorted(tools)))


ASK_CHOICES: Final = Asked(LIST_CHOICES, {}, _choices)
