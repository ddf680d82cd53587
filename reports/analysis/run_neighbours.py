"""Which runs of the same tool stand before and after a run of a node?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from reports.store.tables import Run

LOOK_BACK = 20  # runs; how far to look for one that ended, or that kept what it spent its time on


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`earlier` are the last runs before it, the newest first, whether they ended or not."""

    earlier: tuple[Run, ...]
    next_id: UUID | None

    @property
    def previous_id(self) -> UUID | None:
        return self.earlier[0].id if self.earlier else None

    @property
    def before(self) -> Run | None:
        """What the run is compared with: the last one before it that ended."""
        return next((run for run in self.earlier if run.outcome is not None), None)


def find_neighbours(row: Run) -> Neighbours:
    """Both sides in one walk along the node's own key each way."""
    siblings = Run.objects.filter(node_id=row.node_id, tool=row.tool)
    earlier = siblings.filter(at__lt=row.at).order_by("-at")[:LOOK_BACK]
    later = siblings.filter(at__gt=row.at).order_by("at")[:1]
    found = sorted(earlier.union(later, all=True), key=lambda run: run.at, reverse=True)
    after = [run.id for run in found if run.at > row.at]
    return Neighbours(tuple(run for run in found if run.at < row.at), after[0] if after else None)
