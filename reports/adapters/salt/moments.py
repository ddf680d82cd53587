"""When a run was: from a job id, a master's stamp, and clock times that name neither day nor zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_DAY: Final = 86_400.0
_HOUR: Final = 3_600.0
_QUARTER: Final = 900.0  # zones differ from UTC by whole quarters of an hour
_JID = re.compile(r"(\d{20})(?:_\w*)?", re.ASCII)
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?)", re.ASCII)
_YEARS: Final = range(2000, 2200)  # outside of them, arithmetic may leave the calendar
_FARTHEST_ZONE: Final = 14 * _HOUR
_SLOWEST_RECEIPT: Final = 60.0  # seconds from the last state's end to the master, for a shift to be believed


@dataclass(frozen=True, slots=True)
class Course:
    """The clock of one run's states. Seconds; clock times are since the node's own midnight, None if not told."""

    first: float | None = None
    extent: float = 0.0  # from the first state's start to the last one's end


def jid_moment(jid: str | None) -> datetime | None:
    """The moment a job id names, taken as UTC; None where it names none."""
    told = _JID.fullmatch(jid or "")
    if told is None:
        return None
    try:
        moment = datetime.strptime(told[1], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def stamp_moment(stamp: str | None) -> datetime | None:
    """The moment of an event's `_stamp`; one without a zone is UTC. None where it cannot be read."""
    try:
        moment = datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def clock_seconds(start_time: object) -> float | None:
    """`HH:MM:SS.ffffff` as seconds since midnight; None for anything else."""
    told = _CLOCK.fullmatch(start_time) if isinstance(start_time, str) else None
    return int(told[1]) * _HOUR + int(told[2]) * 60 + float(told[3]) if told else None


def course(first: float | None, last: float | None, *, last_seconds: float, total_seconds: float) -> Course:
    """How long the states took, from the clock times of the first and the last and the sum of all durations.

    The clock may have passed midnight, or been put an hour back or forward for summer time: of the readings possible,
    the one nearest to the sum is right.
    """
    if first is None or last is None:
        return Course(first, total_seconds)
    elapsed = last - first
    readings = (elapsed, elapsed - _HOUR) if elapsed >= 0 else (elapsed + _DAY, elapsed + _HOUR)
    possible = (reading + last_seconds for reading in readings if reading >= 0)
    return Course(first, min(possible, key=lambda extent: abs(extent - total_seconds)))


def start_by_jid(named: datetime, told: Course, *, stamped_at: datetime | None, received_at: datetime) -> datetime:
    """The start of a job whose id names this moment.

    Releases before 3008 made ids from local time. That shows in two cases, and is put right by whole quarters of an
    hour: the run would have ended after it arrived; or the master's stamp is whole half hours late while the states'
    clock goes with the id.
    """
    arrived = stamped_at or received_at
    late = (arrived - named).total_seconds() - told.extent
    shift = late // _QUARTER * _QUARTER
    if shift == 0 or abs(shift) > _FARTHEST_ZONE or late - shift > _SLOWEST_RECEIPT:
        return named
    if shift > 0 and (stamped_at is None or shift % (2 * _QUARTER) or not _is_same_clock(named, told)):
        return named
    return named + timedelta(seconds=shift)


def start_before(received_at: datetime, told: Course) -> datetime:
    """The start of a run without a job id: the nearest before its arrival that its clock, in some zone, allows."""
    started = received_at - timedelta(seconds=told.extent)
    if told.first is None:
        return started
    return started - timedelta(seconds=round(_clock_of(started) - told.first, 3) % _QUARTER)


def end_of(started: datetime, told: Course) -> datetime:
    """When the last state ended: the extent, after what passed between the job's start and its first state."""
    lead = 0.0 if told.first is None else round(told.first - _clock_of(started), 3) % _QUARTER
    return started + timedelta(seconds=lead + told.extent)


def _is_same_clock(named: datetime, told: Course) -> bool:
    return told.first is not None and (told.first - _clock_of(named)) % _DAY <= _SLOWEST_RECEIPT


def _clock_of(moment: datetime) -> float:
    return moment.hour * _HOUR + moment.minute * 60 + moment.second + moment.microsecond / 1e6
