"""What happened in the fleet of the demo: when each node ran, and which sample tells it.

A run's story follows from the node, the run's time and the premiere alone. So the demo can be shown again on the same
data, now or next week: what is known already comes out as the very same report, and only what happened since is new.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID, uuid5

from reports.adapters.contract import Report, Retelling
from reports.adapters.samples import Sample
from reports.demo.cast import Cast
from reports.demo.fleet import Actor, Plot
from reports.demo.plots import REBUILT_AT, Beat, calls, word

SPAN = timedelta(weeks=8)
RHYTHM = timedelta(hours=8)  # between two runs of a node, give or take
_GIVE_OR_TAKE = timedelta(hours=3.5)
_CALLED_AFTER = timedelta(minutes=5)
_JOINED = timedelta(weeks=2)
_SILENT_FOR = timedelta(days=7)
_INVENTORY_EVERY = 21  # runs: a week
_MACHINES: Final = UUID("6d1c8a4e-2c53-4a3e-9e55-0b7f3d0a9f16")


@dataclass(frozen=True, slots=True)
class Scene:
    """One report to post: a sample, told as this node's at this time, of the machine that it was by then."""

    actor: Actor
    sample: Sample
    moment: datetime
    shift: timedelta
    machine: str

    def report(self) -> Report:
        """The bytes. Made when asked for: thousands of them need not be held at once."""
        retelling = Retelling(self.actor.name, self.shift, self.actor.environment, self.machine)
        return self.actor.adapter.retell(self.sample.report, retelling)


def tell(fleet: Sequence[Actor], cast: Cast, *, premiere: datetime, now: datetime) -> list[Scene]:
    """All that happened from eight weeks before the premiere until now, oldest first; of the last eight weeks only."""
    scenes = [scene for actor in fleet for scene in _life(actor, cast, premiere, now) if scene.moment > now - SPAN]
    return sorted(scenes, key=lambda scene: (scene.moment, scene.actor.number))


def _life(actor: Actor, cast: Cast, premiere: datetime, now: datetime) -> Iterator[Scene]:
    for number, beat in enumerate(_beats(actor, premiere, now)):
        is_rebuilt = actor.plot is Plot.REBUILT
        machine = _machine(actor, number=1 + (is_rebuilt and beat.is_since(REBUILT_AT)))
        parts = [cast.run(actor, word(actor, beat))]
        if number % _INVENTORY_EVERY == 0 or (is_rebuilt and beat.brings(REBUILT_AT)):
            parts += cast.inventories(actor)
        yield from (Scene(actor, part.sample, beat.moment, beat.moment - part.at, machine) for part in parts)


def _machine(actor: Actor, *, number: int) -> str:
    """The identity of the machine that is the `number`th to stand behind the node's name."""
    return str(uuid5(_MACHINES, f"{actor.name} {number}"))


def _beats(actor: Actor, premiere: datetime, now: datetime) -> Iterator[Beat]:
    begin = premiere - (_JOINED if actor.plot is Plot.NEW else SPAN)
    end = premiere - _SILENT_FOR if actor.plot is Plot.SILENT else now
    last = _moment(actor, premiere, 0)
    moments = sorted(moment for moment in _moments(actor, premiere, now) if begin <= moment <= end)
    for number, (previous, moment) in enumerate(pairwise([begin, *moments])):
        yield Beat(
            moment=moment,
            at=moment - premiere,
            previous=previous - premiere,
            is_first=number == 0,
            is_last=moment == last,
            is_sunday_night=actor.plot is Plot.PERIODIC and _night(moment) == moment,
        )


def _moments(actor: Actor, premiere: datetime, now: datetime) -> Iterator[datetime]:
    """Every run that could be, in no order."""
    for number in range(-(SPAN // RHYTHM) - 1, (now - premiere) // RHYTHM + 2):
        yield _moment(actor, premiere, number)
    for number, call in enumerate(calls(actor)):
        if premiere + call < now:
            yield premiere + call + _CALLED_AFTER + timedelta(seconds=40 * actor.number + number)
    if actor.plot is Plot.PERIODIC:
        yield from (
            _night(now - timedelta(weeks=week)) for week in range((now - premiere + SPAN) // timedelta(weeks=1))
        )


def _moment(actor: Actor, premiere: datetime, number: int) -> datetime:
    """Of the run with this number, counted from the premiere: the last before it lies within its last hour."""
    own = premiere - timedelta(minutes=2 * actor.number + 3, seconds=actor.number * 13 % 60)
    if number == 0:
        return own
    jitter = random.Random(f"{actor.name} {number}").uniform(-1, 1)  # noqa: S311 - a story, not a secret
    return own + number * RHYTHM + timedelta(seconds=round(jitter * _GIVE_OR_TAKE.total_seconds()))


def _night(moment: datetime) -> datetime:
    """Shortly after two (UTC) on the last Monday before: whatever is done to the node then has just been done."""
    monday = (moment - timedelta(days=moment.weekday())).replace(hour=2, minute=4, second=0, microsecond=0)
    return monday if monday <= moment else monday - timedelta(weeks=1)
