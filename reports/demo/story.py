"""What happened in the fleet of the demo: when each node ran, and which sample tells it.

A moment's story follows from the node and the moment alone. So the demo can be posted again, now or next week: what is
known already comes out as the very same report, and only what happened since is new.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reports.adapters.contract import Report, Retelling
from reports.adapters.samples import Sample
from reports.demo.cast import Cast, Part
from reports.demo.fleet import SIZE, Actor, Character

SPAN = timedelta(weeks=8)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SELDOM, _OFTEN = timedelta(hours=12), timedelta(hours=1)
_SLOTS = SPAN // _SELDOM  # each node is rebuilt once in eight weeks, one after the other
_RECENT = timedelta(hours=20)  # told hour by hour, so that nodes are seen reporting and the newest days look lived in
_SILENT_FOR = timedelta(days=7)
_ROLL_OUTS = {"staging": (1, 10), "production": (3, 10)}  # every week: weekday and hour (UTC)


@dataclass(frozen=True, slots=True)
class Scene:
    """One report to post: a sample, told as this node's at this time."""

    actor: Actor
    sample: Sample
    moment: datetime
    shift: timedelta

    def report(self) -> Report:
        """The bytes. Made when asked for: thousands of them need not be held at once."""
        retelling = Retelling(self.actor.name, self.shift, self.actor.environment)
        return self.actor.adapter.retell(self.sample.report, retelling)


def tell(fleet: Sequence[Actor], cast: Cast, now: datetime) -> list[Scene]:
    """All that happened in the eight weeks before `now`, oldest first."""
    scenes = [scene for actor in fleet for scene in _life(actor, cast, now)]
    return sorted(scenes, key=lambda scene: (scene.moment, scene.actor.number))


def _life(actor: Actor, cast: Cast, now: datetime) -> Iterator[Scene]:
    for moment in _moments(actor, now):
        word = _word(actor, moment)
        yield _scene(actor, cast.run(actor, word), moment)
        part = cast.inventory(actor)
        if part and (word == "first_build" or (_is_half_daily(moment) and moment.weekday() == 0)):
            yield _scene(actor, part, moment)


def _moments(actor: Actor, now: datetime) -> Iterator[datetime]:
    """Twice a day, and every hour of late; each node at a minute of its own."""
    own = timedelta(minutes=actor.number * 7 % 60, seconds=actor.number * 13 % 60)
    end = now - _SILENT_FOR if actor.character is Character.SILENT else now
    hour = _EPOCH + (now - SPAN - _EPOCH) // _SELDOM * _SELDOM + _SELDOM
    while hour + own <= end:
        if _is_half_daily(hour) or hour > now - _RECENT:
            yield hour + own
        hour += _OFTEN


def _word(actor: Actor, moment: datetime) -> str:
    """What happened in this run, in a word. The half-daily runs carry what is told once: rebuilds and roll-outs."""
    if _is_half_daily(moment) and (moment - _EPOCH) // _SELDOM % _SLOTS == actor.number * _SLOTS // SIZE:
        return "first_build"
    if _is_half_daily(moment) and _rolled_out(actor.environment, moment):
        return "changed"
    chance = random.Random(f"{actor.name} {moment.isoformat()}").random()  # noqa: S311 - a story, not a secret
    match actor.character:
        case Character.REPEATING:
            return "repeated"
        case Character.FAILING if chance < 0.7:
            return "failed"
        case Character.DRIFTING if chance < 0.28:
            return "corrected"
    return "corrected" if chance < 0.01 else "failed" if chance > 0.996 else "unchanged"


def _is_half_daily(moment: datetime) -> bool:
    return (moment - _EPOCH) % _SELDOM < _OFTEN


def _rolled_out(environment: str, moment: datetime) -> bool:
    """Whether new code came to the environment in the half day before."""
    weekday, hour = _ROLL_OUTS[environment]
    monday = (moment - timedelta(days=moment.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    roll_out = monday + timedelta(days=weekday, hours=hour)
    return moment - _SELDOM < roll_out <= moment


def _scene(actor: Actor, part: Part, moment: datetime) -> Scene:
    return Scene(actor, part.sample, moment, moment - part.at)
