"""Whether two changes of a resource speak of the same value. Pure."""

from __future__ import annotations

from reports.drift.history import PastChange

_NOTHING_THERE = "absent"  # what adapters say was found of a thing that was not there


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
