"""Does a value go back and forth? Two owners, told by the values that the tool wrote and found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.drift.acts import Act

_FEWEST_RETURNS: Final = 3  # a roll-out that is taken back and made again has one
_FEWEST_TWICE: Final = 3  # runs
_MOST_VALUES: Final = 4
_FEWEST_SET_BACK: Final = 6
_MOSTLY: Final = 0.75
_OFTEN: Final = 16 * 3600.0  # seconds from one to the next


@dataclass(frozen=True, slots=True)
class Swaps:
    """How often a property went from one of its values to another, and the last two."""

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
    return _most([swaps for swaps in found if swaps])


def count_doubly_declared(changes: Sequence[Act]) -> int:
    """In how many runs two declarations set one property after each other; 0 where that is not its habit.

    For tools that do not tell values, or tell several as one.
    """
    keys: dict[tuple[float, str | None], set[str | None]] = {}
    for change in changes:
        keys.setdefault((change.at, change.property), set()).add(change.key)
    runs = {at for at, _ in keys}
    twice = {at for (at, _), those in keys.items() if len(those) > 1}
    return len(twice) if len(twice) >= max(_FEWEST_TWICE, _MOSTLY * len(runs)) else 0


def find_outside_owner(changes: Sequence[Act]) -> Swaps | None:
    """Somebody sets one same value, which the tool finds and sets back to its own, again and again."""
    found = (_set_back(those) for those in _by_property(changes).values())
    return _most([swaps for swaps in found if swaps])


def _swaps_of(changes: Sequence[Act]) -> Swaps | None:
    """Of the last changes, as far back as there are no more than a few values.

    A change returns to a value if the tool itself had set before both what it found and what it set. What somebody else
    has written it never set, nor a new version.
    """
    lately = _with_few_values(changes)
    known: set[str | None] = set()
    returns = 0
    for change in lately:
        returns += change.new != change.old and {change.new, change.old} <= known
        known |= {change.new} - {None}
    swaps = [change for change in lately if change.new != change.old and {change.new, change.old} <= known]
    if returns < _FEWEST_RETURNS:
        return None
    last = swaps[-1]
    return _tell(last, (last.old, last.new), len(swaps), since=swaps[0].at, until=last.at)


def _with_few_values(changes: Sequence[Act]) -> list[Act]:
    lately: list[Act] = []
    values: set[str | None] = set()
    for change in reversed(changes):
        values.add(change.new)
        if len(values) > _MOST_VALUES:
            break
        lately.append(change)
    return lately[::-1]


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


def _most(found: Sequence[Swaps]) -> Swaps | None:
    return max(found, key=lambda swaps: (swaps.times, swaps.name or ""), default=None)


def _tell(change: Act, values: tuple[str | None, str | None], times: int, *, since: float, until: float) -> Swaps:
    return Swaps(change.property, values, change.is_sensitive, times, since, until)
