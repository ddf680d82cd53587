"""The evidence of a pattern in words: plain text of one line, whatever a value holds. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from reports.drift.patterns_clock import HOUR, Clock
from reports.drift.patterns_values import Swaps

_MOST_CHARACTERS: Final = 40
_DAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_DAY, _WEEK = 24 * HOUR, 168 * HOUR
_FIVE_MINUTES: Final = 300.0


def tell_date(at: float) -> str:
    """A day, such as 14 Nov 2026."""
    return f"{datetime.fromtimestamp(at, UTC):%-d %b %Y}"


def tell_span(seconds: float) -> str:
    """How long, in days or hours, rounded up."""
    span = timedelta(seconds=seconds)
    count, unit = (-(-span // timedelta(days=1)), "day") if span > timedelta(days=2) else (_hours(span), "hour")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def tell_clock(clock: Clock) -> str:
    """The period, the usual time, and how often it held."""
    held = f"({clock.on_time} of {clock.times})"
    limit = f", as far as runs every {round(clock.rhythm / HOUR)} h can tell" if clock.rhythm > 1.5 * HOUR else ""
    return f"about every {_period(clock.period)}, mostly {_usual_time(clock)} {held}{limit}"


def tell_swaps(swaps: Swaps) -> str:
    """How often, between which values, within which time."""
    between = " and ".join(_value(swaps, value) for value in swaps.values)
    if swaps.is_sensitive:
        between = f"two secret values of {_plain(swaps.name or 'it')}"
    return f"swapped {swaps.times} times between {between} within {tell_span(swaps.until - swaps.since)}"


def _hours(span: timedelta) -> int:
    return max(1, -(-span // timedelta(hours=1)))


def _period(seconds: float) -> str:
    if seconds == _WEEK:
        return "week"
    return f"{round(seconds / HOUR)} h"


def _usual_time(clock: Clock) -> str:
    """When it is found: one time of the day or week, or of a part of the day where there are many."""
    offset = round(clock.offset / _FIVE_MINUTES) * _FIVE_MINUTES % clock.period
    near = f"near {_time_of_day(offset)} UTC"
    if clock.period == _WEEK:
        return f"on {_DAYS[int(offset // _DAY)]} {near}"
    if clock.period >= _DAY:
        return near
    return f"{near} and every {_period(clock.period)} from there"


def _time_of_day(offset: float) -> str:
    minutes = int(offset % _DAY // 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _value(swaps: Swaps, value: str | None) -> str:
    told = "nothing" if value is None else _plain(value)
    return told if swaps.name is None else f"{_plain(swaps.name)}={told}"


def _plain(text: str) -> str:
    """One short line that shows: blanks as they are, what does not print as a dot, quoted where it would not read."""
    line = " ".join(text[: 4 * _MOST_CHARACTERS].split())
    shown = "".join(character if character.isprintable() else "·" for character in line)
    if len(shown) > _MOST_CHARACTERS or len(text) > 4 * _MOST_CHARACTERS:
        shown = f"{shown[: _MOST_CHARACTERS - 1]}…"
    return f'"{shown}"' if " " in shown or not shown else shown
