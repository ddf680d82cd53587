"""Recount fleet events: one resource corrected on many nodes of one environment at about one time.

A chain of corrections, each at most GAP after the one before, on at least FEWEST_NODES nodes, over within LONGEST. Why
these numbers: docs/decisions/fleet-events.md. Changing one means recounting all events there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.sql import load

_FLEET_EVENT = load(__file__, "recount_fleet_event")

FEWEST_NODES: Final = 5
GAP: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=24)
REST: Final = timedelta(hours=12)  # a node that was corrected within it before is no news
TIMES_USUAL: Final = 3  # as many nodes, on top of the fewest, as the resource is corrected on in that time anyway

# Which events what moved on a day may bring, alter or take away, told by their start: those that last until then; those
# of nodes whose rest it ends, soon after; and those of the week to which it says what is usual.
_BEFORE: Final = LONGEST + GAP
_AFTER: Final = timedelta(days=8)


class _Stretch(NamedTuple):
    """Events of a resource that start in this time are counted again."""

    resource_id: int
    begin: datetime
    end: datetime


def recount_fleet_events(cursor: CursorWrapper, moved: Iterable[tuple[int, date]], *, oldest: date) -> None:
    """Count again the events that these days of resources bear upon. What they did on each day is counted already.

    Events from about the oldest day of which all facts are kept, or before it, keep what they are.
    """
    first = datetime.combine(oldest, time(), UTC) + _BEFORE
    stretches = [
        stretch._replace(begin=max(stretch.begin, first)) for stretch in _stretches(moved) if stretch.end > first
    ]
    if not stretches:
        return
    resource_ids, begins, ends = (list(column) for column in zip(*stretches, strict=True))
    columns: dict[str, Any] = {"resource_ids": resource_ids, "begins": begins, "ends": ends}
    columns |= {"gap": GAP, "rest": REST, "longest": LONGEST, "fewest": FEWEST_NODES, "times_usual": TIMES_USUAL}
    cursor.execute(_FLEET_EVENT, columns)


def _stretches(moved: Iterable[tuple[int, date]]) -> list[_Stretch]:
    """Around each day; those of one resource that meet are one."""
    found: list[_Stretch] = []
    for resource_id, day in sorted(moved):
        midnight = datetime.combine(day, time(), UTC)
        stretch = _Stretch(resource_id, midnight - _BEFORE, midnight + _AFTER)
        if found and found[-1].resource_id == resource_id and stretch.begin <= found[-1].end:
            stretch = found.pop()._replace(end=stretch.end)
        found.append(stretch)
    return found
