"""Which resources behave differently on two nodes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Q

from reports.rollups.tables import NodeResource
from reports.run import Pattern

_LOOKED_AT: Final = 2_000  # of each node, the most corrected first
_PATTERNS: Final[dict[int | None, Pattern | None]] = {None: None, **{int(one): one for one in Pattern}}


class Habit(NamedTuple):
    """What a resource does on one node, over all time that days are kept. A tuple, for they come by the thousand."""

    pattern: Pattern | None
    corrections: int
    failures: int

    @property
    def kind(self) -> tuple[Pattern | None, bool, bool]:
        """What two habits have to share to be alike."""
        return self.pattern, self.corrections > 0, self.failures > 0


QUIET: Final = Habit(None, 0, 0)


@dataclass(frozen=True, slots=True)
class HabitPair:
    """A resource that shows a pattern, is corrected or fails on one of the nodes and not alike on the other."""

    resource: str
    a: Habit
    b: Habit


def find_habits(node_ids: tuple[int, int]) -> tuple[dict[int, Habit], dict[int, Habit]]:
    """What shows a pattern, was ever corrected or failed on each node, by resource. One query along their own keys."""
    shows = Q(pattern__isnull=False) | Q(corrections__gt=0) | Q(failures__gt=0)
    each = [
        NodeResource.objects.filter(shows, node_id=node_id).order_by("-corrections", "-failures", "resource_id")
        for node_id in node_ids
    ]
    columns = ("node_id", "resource_id", "pattern", "corrections", "failures")
    rows = each[0].values_list(*columns)[:_LOOKED_AT].union(each[1].values_list(*columns)[:_LOOKED_AT], all=True)
    found: dict[int, dict[int, Habit]] = {node_id: {} for node_id in node_ids}
    for node_id, resource_id, pattern, corrections, failures in rows:
        found[node_id][resource_id] = Habit(_PATTERNS[pattern], corrections, failures)
    return found[node_ids[0]], found[node_ids[1]]


def differing(a: Mapping[int, Habit], b: Mapping[int, Habit]) -> list[int]:
    """The resources whose habits are not alike, those first whose corrections are furthest apart."""
    apart = [number for number in a.keys() | b.keys() if a.get(number, QUIET).kind != b.get(number, QUIET).kind]
    return sorted(apart, key=lambda n: (-abs(a.get(n, QUIET).corrections - b.get(n, QUIET).corrections), n))
