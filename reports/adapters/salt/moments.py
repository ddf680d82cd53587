"""When a run was: from a job id, a master's stamp, and clock times that name neither day nor zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_SECOND: Final = 1_000_000  # all spans here are whole microseconds, so that remainders are exact
_HOUR: Final = 3_600 * _SECOND
_DAY: Final = 24 * _HOUR
_QUARTER: Final = _HOUR // 4  # zones differ from UTC by whole quarters of an hour
_JID = re.compile(r"(\d{8})(\d{6})(\d{6})(?:_\w*)?", re.ASCII)
_CLOCK = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?", re.ASCII)
_YEARS: Final = range(2000, 2200)  # outside of them, arithmetic may leave the calendar
_FARTHEST_ZONE: Final = 14 * _HOUR
_SLOWEST_PIPE: Final = 20 * _SECOND  # from the last state's end to the arrival of what salt-call printed
_SLOWEST_RECEIPT: Final = 60 * _SECOND  # from the last state's end to the master, for a shift to be believed


@dataclass(frozen=True, slots=True)
class Course:
    """The clock of one run's states, in microseconds; None where it is not told."""

    first: int | None = None  # when the first state started, since the node's own midnight
    extent: int = 0  # from the first state's start to the last one's end


def jid_moment(jid: str | None) -> datetime | None:
    """The moment a job id names, taken as UTC; None where it names none."""
    told = _JID.fullmatch(jid or "")
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat("{}T{}.{}Z".format(*told.groups()))  # a tenth of what strptime takes
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


def clock_time(start_time: object) -> int | None:
    """`HH:MM:SS.ffffff` as microseconds since midnight; None for anything else."""
    told = _CLOCK.fullmatch(start_time) if isinstance(start_time, str) else None
    if told is None:
        return None
    return int(told[1]) * _HOUR + (int(told[2]) * 60 + int(told[3])) * _SECOND + int((told[4] or "").ljust(6, "0"))


def course(first: int | None, last: int | None, *, last_seconds: float, total_seconds: float) -> Course:
    """How long the states took, from the clock times of the first and the last and the sum of all durations.

    The clock may have passed midnight, or been put an hour back or forward for summer time: of the readings possible,
    the one nearest to the sum is right.
    """
    last_span, total = round(last_seconds * _SECOND), round(total_seconds * _SECOND)
    if first is None or last is None:
        return Course(first, total)
    elapsed = last - first
    readings = (elapsed, elapsed - _HOUR) if elapsed >= 0 else (elapsed + _DAY, elapsed + _HOUR)
    possible = (reading + last_span for reading in readings if reading >= 0)
    return Course(first, min(possible, key=lambda extent: abs(extent - total)))


def start_by_jid(named: datetime, told: Course, *, stamped_at: datetime | None, received_at: datetime) -> datetime:
    """The moment that a job's id names: its start, but for scheduled jobs, which get their id when the states have run.

    Releases before 3008 made ids from local time. That shows in three cases, and is put right by whole quarters of an
    hour: the id names a moment after the arrival; the states' clock goes with the id and would have ended after it; or
    it goes with the id and the master's stamp is whole half hours late.
    """
    arrived = stamped_at or received_at
    late = (arrived - end_of(named, told)) // timedelta(microseconds=1)
    shift = late // _QUARTER * _QUARTER
    if shift == 0 or abs(shift) > _FARTHEST_ZONE or late - shift > _SLOWEST_RECEIPT:
        return named
    if named <= arrived and not _is_same_clock(named, told):
        return named
    if shift > 0 and (stamped_at is None or shift % (2 * _QUARTER)):
        return named
    return named + timedelta(microseconds=shift)


def start_before(received_at: datetime, told: Course) -> datetime:
    """The start of a run without a job id: what its clock says, in some zone, where it then ended just before it came.

    Else the result was kept and sent later, maybe with others right after each other. Then it starts when it came: the
    order in which results come says more than a clock without a day, or than how long each of them took.
    """
    started = received_at - timedelta(microseconds=told.extent)
    if told.first is None:
        return started
    late = (_clock_of(started) - told.first) % _QUARTER
    return received_at if late > _SLOWEST_PIPE else started - timedelta(microseconds=late)


def end_of(named: datetime, told: Course) -> datetime:
    """When the last state ended: the extent, after what passed between the job's id and its first state.

    That may be less than nothing: where the master made the id, by a clock ahead of the node's, or a schedule did.
    """
    lead = 0 if told.first is None else _offset(told.first, named, _QUARTER)
    return named + timedelta(microseconds=lead + told.extent)


def _is_same_clock(named: datetime, told: Course) -> bool:
    return told.first is not None and abs(_offset(told.first, named, _DAY)) <= _SLOWEST_RECEIPT


def _offset(clock: int, moment: datetime, period: int) -> int:
    """How far a clock time is after a moment's, or before it: the nearer, where only what is left of periods counts."""
    return (clock - _clock_of(moment) + period // 2) % period - period // 2


def _clock_of(moment: datetime) -> int:
    return moment.hour * _HOUR + (moment.minute * 60 + moment.second) * _SECOND + moment.microsecond
