"""What each run of a node tells, in one word of the samples: what happens to the fleet, and to this node alone.

All times are counted from the premiere, the moment at which the demo was first shown; those before it are negative.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from reports.demo.cast import ON_MANY_NODES
from reports.demo.fleet import Actor, Plot


@dataclass(frozen=True, slots=True)
class Beat:
    """One run in a node's life: when it is, when the one before was, and what is special about it."""

    moment: datetime
    at: timedelta
    previous: timedelta
    is_first: bool = False
    is_last: bool = False  # the last one before the premiere: the one that the overview counts
    is_sunday_night: bool = False

    def is_since(self, event: timedelta) -> bool:
        """Whether the event lay before this run."""
        return event < self.at

    def brings(self, event: timedelta) -> bool:
        """Whether this is the first run after the event."""
        return self.previous <= event < self.at


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
REBUILT_AT = -24 * _DAY
_ROLL_OUTS = {"staging": -15 * _DAY, "production": -13 * _DAY}
_LAST_ROLL_OUT = -2 * _DAY  # in production, of the tool with the most nodes
_MISHAP = -5 * _DAY - 4 * _HOUR  # somebody's script, on all nodes of that tool in production
_BAD_RELEASES = ((-21 * _DAY, -19 * _DAY), (-8 * _DAY, -6 * _DAY))  # came, and was fixed; of the tool with this train
_NOT_ROLLED_OUT_TO = {Plot.DRY_RUN, Plot.EARLY}
_FIRST_DRIFT = -53 * _DAY  # not before the node has told what it is like without
_RARELY = 0.003


def word(actor: Actor, beat: Beat) -> str:
    """The story of the run; the same whenever it is asked for."""
    if _has_bad_release(actor, beat):
        return "broken_code"
    if _has_mishap(actor) and beat.brings(_MISHAP):
        return ON_MANY_NODES
    if actor.is_rolled_out_to and actor.plot not in _NOT_ROLLED_OUT_TO and beat.brings(_roll_out(actor)):
        return "changed"
    chance = random.Random(f"{actor.name} {beat.at}").random()  # noqa: S311 - a story, not a secret
    return _of_the_node(actor.plot, beat, chance) or _drift(actor, beat, chance) or _of_the_fleet(actor, beat, chance)


def _has_bad_release(actor: Actor, beat: Beat) -> bool:
    if actor.environment != "production" or actor.train >= len(_BAD_RELEASES):
        return False
    came, fixed = _BAD_RELEASES[actor.train]
    return beat.is_since(came) and not beat.is_since(fixed)


def calls(actor: Actor) -> tuple[timedelta, ...]:
    """When the node is told to run at once, with all others that this concerns: after these moments."""
    return (_roll_out(actor), *([_MISHAP] if _has_mishap(actor) else []))


def _has_mishap(actor: Actor) -> bool:
    return actor.environment == "production" and actor.train == 0 and actor.plot is not Plot.REPEATING


def _roll_out(actor: Actor) -> timedelta:
    is_last = actor.environment == "production" and actor.train == 0
    return _LAST_ROLL_OUT if is_last else _ROLL_OUTS[actor.environment]


def _of_the_node(plot: Plot, beat: Beat, chance: float) -> str | None:
    """What happens to nodes of this plot alone; None for a run in which nothing of the kind does."""
    happens: dict[Plot, tuple[str, bool]] = {
        Plot.TUG_OF_WAR: ("tug_of_war", beat.is_last or (beat.is_since(-26 * _DAY) and chance < 0.6)),
        Plot.PERIODIC: ("corrected", beat.is_sunday_night),
        Plot.REPEATING: ("repeated", True),
        Plot.FAILING: ("failing", beat.is_since(-40 * _HOUR)),
        Plot.JUST_FAILED: ("failed", beat.is_last),
        Plot.STALE: ("stale_catalog", beat.is_since(-3 * _DAY)),
        Plot.DRY_RUN: ("pending", beat.is_since(-4 * _DAY)),
        Plot.EARLY: ("changed", beat.is_last),
        Plot.REBUILT: ("first_build", beat.brings(REBUILT_AT)),
        Plot.NEW: ("first_build", beat.is_first),
    }
    story, does = happens.get(plot, ("", False))
    return story if does else None


def _drift(actor: Actor, beat: Beat, chance: float) -> str | None:
    """Drift comes in bursts: whoever works on a node by hand does so for days, and then leaves it alone."""
    if actor.plot not in {Plot.DRIFTING, Plot.DRIFTED} or not beat.is_since(_FIRST_DRIFT):
        return None
    if beat.is_last:
        return "corrected" if actor.plot is Plot.DRIFTED else "unchanged"
    week = beat.at // timedelta(weeks=1)
    is_worked_on = random.Random(f"{actor.name} week {week}").random() < 0.5  # noqa: S311 - a story, not a secret
    return "corrected" if chance < (0.3 if is_worked_on else 0.02) else None


def _of_the_fleet(actor: Actor, beat: Beat, chance: float) -> str:
    if actor.plot is Plot.EARLY:
        return "settled" if beat.is_since(timedelta()) else "unchanged"
    if actor.plot is Plot.DRY_RUN or not actor.is_rolled_out_to:
        return "unchanged"
    if chance < _RARELY and not beat.is_last:
        return "failing"
    return "settled" if beat.is_since(_roll_out(actor)) else "unchanged"
