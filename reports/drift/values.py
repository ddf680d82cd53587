"""Whether two changes of a resource speak of the same value. Pure."""

from __future__ import annotations

from typing import Final

from reports.drift.history import PastChange

_NOTHING_THERE: Final = "absent"  # what adapters say was found of a thing that was not there
_TELLING: Final = 9  # characters from which on a value is not found in a message by chance


def sets_what(change: PastChange, earlier: PastChange) -> bool:
    """Whether it set what the earlier one had set: all of it, or some of its lines."""
    if change.desired is not None and change.desired == earlier.desired:
        return True
    return not change.is_sensitive and _is_within(change.new, earlier.new)


def found_what(change: PastChange, earlier: PastChange) -> bool:
    """Whether it found what the earlier one had set."""
    if change.found is not None and change.found == earlier.desired:
        return True
    return not change.is_sensitive and _is_within(change.old, earlier.new)


def _is_within(value: str | None, whole: str | None) -> bool:
    if value is None or whole is None:
        return False
    return value == whole or {*_lines(value)} <= {*_lines(whole)}


def _lines(value: str) -> list[str]:
    return [line for line in value.splitlines() if line.strip()] or [value]


def creates(change: PastChange) -> bool:
    """Whether it found nothing and put something there."""
    return change.old == _NOTHING_THERE and change.new != _NOTHING_THERE


def removes(change: PastChange) -> bool:
    """Whether it left nothing."""
    return change.new == _NOTHING_THERE


def is_stateless(change: PastChange) -> bool:
    """Whether it is of something that is done, not of something that is."""
    return change.is_action


def changes_nothing(change: PastChange) -> bool:
    """Whether what it found was all that it wants."""
    return change.desired is not None and change.desired == change.found


def found_nothing(change: PastChange) -> bool:
    """Whether there was nothing in its place: said so, or only of the new state is there anything to tell."""
    tells_new_alone = change.old is None and change.new is not None and change.found is not None
    return change.old in ("", _NOTHING_THERE) or tells_new_alone


def is_same_again(one: PastChange, other: PastChange) -> bool:
    """Whether both found the same and set the same, as far as is told at all."""
    states = (one.found, one.desired, one.old, one.new)
    return states == (other.found, other.desired, other.old, other.new) and states.count(None) < len(states)


def names(change: PastChange, value: str | None) -> bool:
    """Whether the message of a change tells of this value."""
    if value is None or change.message is None or change.is_sensitive:
        return False
    return len(value) >= _TELLING and value in change.message
