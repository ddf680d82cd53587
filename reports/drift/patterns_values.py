"""Does a value go back and forth? Two owners, told by the values that the tool wrote and found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reports.drift.acts import Act

_FEWEST_SWAPS: Final = 3  # a roll-out that is taken back and made again has two
_MOST_VALUES: Final = 3
_FEWEST_SET_BACK: Final = 6
_MOSTLY: Final = 0.75
_OFTEN: Final = 16 * 3600.0  # seconds from one to the next


@dataclass(frozen=True, slots=True)
class Swaps:
    """How often a property went from one of its values to another, and the two that it mostly had."""

    name: str | None  # of the property
    values: tuple[str | None, str | None]
    is_sensitive: bool
    times: int
    since: float
    until: float

    @property
    def is_often(self) -> bool:
        """More than daily, over all the time that it went on."""
        return (self.times - 1) * _OFTEN >= self.until - self.since


def find_owners_in_turn(changes: Sequence[Act]) -> Swaps | None:
    """The tool itself was told one value and another in turn: in one run, by two run lists, or by two tools."""
    found = (_swaps_of(those) for those in _by_property(changes).values())
    return _most([swaps for swaps in found if swaps and swaps.times >= _FEWEST_SWAPS])


def find_outside_owner(changes: Sequence[Act]) -> Swaps | None:
    """Somebody sets one same value, which the tool finds and sets back to its own, again and again."""
    found = (_set_back(those) for those in _by_property(changes).values())
    return _most([swaps for swaps in found if swaps])


def _swaps_of(changes: Sequence[Act]) -> Swaps | None:
    """Of the last changes, as far back as there are no more than a few values."""
    lately: list[Act] = []
    values: set[str | None] = set()
    for change in reversed(changes):
        values.add(change.new)
        if len(values) > _MOST_VALUES:
            break
        lately.append(change)
    lately.reverse()
    # A value that is written again does not tell that it was another in between; one that differs does.
    swaps = [after for before, after in pairwise(lately) if before.new != after.new]
    often = _two_of(change.new for change in lately)
    return _tell(lately[0], often, len(swaps), since=lately[0].at, until=lately[-1].at) if often else None


def _set_back(changes: Sequence[Act]) -> Swaps | None:
    pairs = Counter((change.old, change.new) for change in changes)
    (old, new), times = pairs.most_common(1)[0]
    if old is None or new is None or old == new or times < max(_FEWEST_SET_BACK, _MOSTLY * len(changes)):
        return None
    those = [change for change in changes if (change.old, change.new) == (old, new)]
    return _tell(those[0], (new, old), times, since=those[0].at, until=those[-1].at)


def _by_property(changes: Sequence[Act]) -> Mapping[str | None, list[Act]]:
    found: dict[str | None, list[Act]] = {}
    for change in changes:
        found.setdefault(change.property, []).append(change)
    return found


def _two_of(values: Iterable[str | None]) -> tuple[str | None, str | None] | None:
    """The two most frequent, the first one first among equals; None where there is but one."""
    ranked = [value for value, _ in Counter(values).most_common(2)]
    return (ranked[0], ranked[1]) if len(ranked) == 2 else None


def _most(found: Sequence[Swaps]) -> Swaps | None:
    return max(found, key=lambda swaps: (swaps.times, swaps.name or ""), default=None)


def _tell(change: Act, values: tuple[str | None, str | None], times: int, *, since: float, until: float) -> Swaps:
    return Swaps(change.property, values, change.is_sensitive, times, since, until)
