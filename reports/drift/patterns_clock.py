"""Does it happen by a clock? A test of times against a few periods, of which chance hardly ever passes. Pure.

What is known of a drift is the run that found it, so times have the rhythm of the runs: a node that runs at 02:00 every
day finds everything at 02:00, and that tells nothing. So the question is: if each run were as likely to find something
as any other, how likely would so many finds lie so near one time of the period? Beside that, most periods have to have
their find, and most finds have to be at that time.

- An odd time, a run that was missed, an hour of daylight saving do not matter; nor does what happened long before, for
  only the last stretch without a long pause is looked at.
- Times are UTC and periods are those of clocks and calendars. A timer that drifts through the day is not recognised.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb
from statistics import median
from typing import Final

HOUR: Final = 3600.0
PERIODS: Final = tuple(hours * HOUR for hours in (2, 3, 4, 6, 8, 12, 24, 48, 168))
MONDAY: Final = 4 * 24 * HOUR  # midnight of the first Monday after 1970 began

_WIDEST: Final = 1.5 * HOUR  # what lies within is one time: an hour of daylight saving, and some delay
_NARROWEST: Final = 1 / 8  # of the period
_FEWEST: Final = 4  # finds on time, each in a period of its own
_ON_TIME: Final = 0.6
_PERIODS_HIT: Final = 0.6
_LONGEST_PAUSE: Final = 4  # periods
_BY_CHANCE: Final = 5e-3
_FEWEST_RUNS: Final = 6


@dataclass(frozen=True, slots=True)
class Clock:
    """A period in seconds; the usual time as an offset in it, counted from a Monday's midnight; how often it held.

    `rhythm` is the usual time between two runs: nothing can be told more exactly than that.
    """

    period: float
    offset: float
    on_time: int
    times: int
    rhythm: float


@dataclass(frozen=True, slots=True)
class _Tried:
    """A clock, and how likely it is that chance alone had made it."""

    clock: Clock
    chance: float


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of the period: where it begins, and how wide it is."""

    begin: float
    width: float

    def offset(self, at: float, period: float) -> float:
        """How far into the window this is; beyond its width: outside of it."""
        return (at - MONDAY - self.begin) % period


def find_clock(times: Sequence[float], runs: Sequence[float]) -> Clock | None:
    """The clock that the times follow, if they follow one. Both in seconds since 1970 began, in order."""
    if len(times) < _FEWEST or len(runs) < _FEWEST_RUNS:
        return None
    rhythm = median(after - before for before, after in pairwise(runs))
    if rhythm <= 0:
        return None
    tried = [found for period in PERIODS for found in _try(period, times, runs, rhythm)]
    best = min(tried, key=lambda found: found.chance, default=None)
    return best.clock if best else None


def _try(period: float, times: Sequence[float], runs: Sequence[float], rhythm: float) -> Iterator[_Tried]:
    """Once with a window for what is found at once, and once for what waits for the next run, whenever that is."""
    stretch = _last_stretch(times, _LONGEST_PAUSE * period + rhythm)
    if len(stretch) < _FEWEST or period < 1.8 * rhythm:
        return
    width = min(_WIDEST, _NARROWEST * period)
    for window in (_fullest(stretch, period, width), _fullest(stretch, period, width + rhythm)):
        clock = _measure(window, period, stretch, rhythm)
        if clock is None:
            continue
        chance = _chance(clock, window, _hits(window, period, stretch), runs)
        if chance < _BY_CHANCE:
            yield _Tried(clock, chance)


def _last_stretch(times: Sequence[float], longest_pause: float) -> Sequence[float]:
    begin = len(times) - 1
    while begin > 0 and times[begin] - times[begin - 1] <= longest_pause:
        begin -= 1
    return times[begin:]


def _fullest(times: Sequence[float], period: float, width: float) -> _Window:
    """The window of this width that holds most; of several the first in the period."""
    offsets = sorted((at - MONDAY) % period for at in times)
    around = [*offsets, *(offset + period for offset in offsets)]
    held = [bisect_right(around, offset + width) - index for index, offset in enumerate(offsets)]
    return _Window(offsets[held.index(max(held))], width)


def _hits(window: _Window, period: float, times: Sequence[float]) -> list[int]:
    """Which periods have something on time, each once."""
    on_time = [at for at in times if window.offset(at, period) <= window.width]
    return sorted({int((at - MONDAY - window.begin) // period) for at in on_time})


def _measure(window: _Window, period: float, times: Sequence[float], rhythm: float) -> Clock | None:
    """The clock of this window, if most is on time and most periods have something."""
    offsets = [offset for at in times if (offset := window.offset(at, period)) <= window.width]
    hits = _hits(window, period, times)
    if len(hits) < _FEWEST or len(offsets) < _ON_TIME * len(times):
        return None
    if len(hits) < _PERIODS_HIT * (hits[-1] - hits[0] + 1):
        return None
    usual = (window.begin + median(offsets)) % period
    return Clock(period, usual, len(offsets), len(times), rhythm)


def _chance(clock: Clock, window: _Window, hits: Sequence[int], runs: Sequence[float]) -> float:
    """How likely it is to find any such window in any period, if each run finds something as likely as any other."""
    share = _share_of_runs(clock, window, runs)
    trials = len(hits) + clock.times - clock.on_time
    tried = trials * 2 * len(PERIODS)
    return tried * _at_least(len(hits) - 1, trials - 1, share)  # the first one says where the window is


def _share_of_runs(clock: Clock, window: _Window, runs: Sequence[float]) -> float:
    """The part of all runs that fall into the window: of evenly spaced ones, and of these where they span a period."""
    even = (window.width // clock.rhythm + 1) * clock.rhythm / clock.period
    if runs[-1] - runs[0] < clock.period:
        return min(1.0, even)
    inside = sum(window.offset(at, clock.period) <= window.width for at in runs)
    return min(1.0, max(even, inside / len(runs)))


def _at_least(successes: int, trials: int, probability: float) -> float:
    """Of so many trials at least so many succeed."""
    return sum(
        comb(trials, number) * probability**number * (1 - probability) ** (trials - number)
        for number in range(successes, trials + 1)
    )
