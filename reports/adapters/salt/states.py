"""Tell what became of each state of a run: entries as Salt returns them → outcomes, counts, course and log lines."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

import msgspec

from reports.adapters.salt.changes import as_text, desired_and_found, flatten, tell
from reports.adapters.salt.moments import Course, clock_time, course
from reports.adapters.salt.results import STATE_MARK
from reports.run import Counts, InSync, LogLevel, LogLine, ResourceOutcome, Status

_SLOWEST: Final = 10  # states listed with their time
_WAITING: Final = (".wait", ".wait_script", ".wait_call")
_ACTIONS: Final = ("cmd.", "module.", "event.", "http.", "saltutil.", "test.")  # do something, and keep no state
_LONGEST_DURATION: Final = 10 * 86_400.0  # seconds; more is not believed
_RESTARTED = re.compile(
    r"(Service (was |is set to be )?(restarted|reloaded|fully restarted|forcefully reloaded)\.?"
    r"|Failed to (restart|reload|fully restart|forcefully reload) the service)"
)


class Entry(msgspec.Struct, gc=False):
    """One state of a result. Only `result` is always there; nothing but an object is refused."""

    result: Any = None
    changes: Any = None
    comment: Any = None
    name: Any = None
    duration: Any = None
    start_time: Any = None
    warnings: Any = None
    id: Any = msgspec.field(name="__id__", default=None)
    sls: Any = msgspec.field(name="__sls__", default=None)
    place: Any = msgspec.field(name="__run_num__", default=None)
    was_run: Any = msgspec.field(name="__state_ran__", default=True)


@dataclass(frozen=True, slots=True)
class States:
    """What the states of one run add up to."""

    counts: Counts
    course: Course
    resources: tuple[ResourceOutcome, ...]
    in_sync: tuple[InSync, ...]
    logs: tuple[LogLine, ...]
    timings: tuple[tuple[str, float], ...]


_ENTRIES = msgspec.json.Decoder(dict[str, Entry])
_NOTHING: Final[tuple[object, ...]] = ({}, None, [])


def entries_of(returned: bytes) -> dict[str, Entry]:
    """The entries by state key. Raises ValueError where one is not an object."""
    return _ENTRIES.decode(returned)


def tell_states(entries: Mapping[str, Entry]) -> States:
    """Every state's outcome, in the order of the run. A state that was looked at and left alone is in `in_sync`; one
    that had no reason to be executed (no `onchanges`, `onfail` or `prereq` came true) is only counted."""
    unchanged = 0
    in_sync: list[InSync] = []
    eventful: list[tuple[str, Entry]] = []
    remarkable: list[tuple[str, Entry]] = []
    for key, entry in entries.items():
        if entry.result is True and entry.changes in _NOTHING:
            unchanged += 1
            if entry.was_run is not False:
                in_sync.append(InSync(*type_and_title(key, entry)))
        else:
            eventful.append((key, entry))
        if entry.warnings or entry.result is False:
            remarkable.append((key, entry))
    took = {key: seconds(entry.duration) for key, entry in entries.items()}
    resources = [_resource(key, entry, took[key]) for key, entry in sorted(eventful, key=_place)]
    return States(
        counts=_counts(resources, unchanged),
        course=_course(entries, took),
        resources=tuple(resources),
        in_sync=tuple(in_sync),
        logs=tuple(line for key, entry in sorted(remarkable, key=_place) for line in _log_lines(key, entry)),
        timings=_slowest(entries, took),
    )


def _place(told: tuple[str, Entry]) -> float:
    """Where in the run a state came: a master sorts them by key. Entries that Salt makes itself have no place: last."""
    place = told[1].place
    return place if type(place) is int else math.inf


def type_and_title(key: str, entry: Entry) -> tuple[str, str]:
    """`module.function`, and the name, of whatever length. Where it is a list of functions (`module.run`), the id goes
    with it, for two states may call the same ones; where Salt gives no name of the state's own, the id stands in.

    Neither ids nor names are free of the mark that joins the key, so it is cut only at its first and last.
    """
    module, _, rest = key.partition(STATE_MARK)
    middle, _, function = rest.rpartition(STATE_MARK)
    kind = f"{module}.{function}"
    name = entry.name
    if isinstance(name, str) and name and middle.endswith(name):
        return kind, name
    stated_id = entry.id if isinstance(entry.id, str) and entry.id else middle.partition(STATE_MARK)[0] or key
    return kind, f"{as_text(name)} ({stated_id})" if isinstance(name, list) and name else stated_id


def _resource(key: str, entry: Entry, took: float | None) -> ResourceOutcome:
    kind, title = type_and_title(key, entry)
    status = _status(entry)
    properties = flatten(entry.changes)
    comment = as_text(entry.comment) if entry.comment else None
    is_action = kind.startswith(_ACTIONS)
    # What a command printed is no declared state.
    desired, found = (None, None) if is_action else desired_and_found(properties)
    return ResourceOutcome(
        kind,
        title,
        status,
        tuple(tell(properties, status, comment=comment, triggered=_was_set_off(kind, status, comment))),
        key=key,
        defined_at=_defined_at(entry),
        duration_seconds=took,
        desired=desired,
        found=found,
        is_action=is_action,
    )


def _status(entry: Entry) -> Status:
    if entry.result is None:
        return Status.PENDING
    if entry.result is False and entry.was_run is False:
        return Status.SKIPPED
    return Status.SUCCESS if entry.result is True else Status.FAILED


def _was_set_off(kind: str, status: Status, comment: str | None) -> bool:
    """Whether only another state's change can have brought this about; Salt does not say which one.

    `cmd.wait` and its like do nothing else than wait for that, and a service that merely has to run is never restarted.
    All other consequences (a cmd.run with `onchanges`) look like changes of their own and are not claimed here.
    """
    if status is Status.SKIPPED:
        return False
    is_restart = kind.endswith("service.running") and _RESTARTED.fullmatch(comment or "") is not None
    return is_restart or kind.endswith(_WAITING)


def _defined_at(entry: Entry) -> str | None:
    if not isinstance(entry.sls, str):
        return None
    return f"{entry.sls} ({entry.id})" if isinstance(entry.id, str) else entry.sls


def _log_lines(key: str, entry: Entry) -> list[LogLine]:
    kind, title = type_and_title(key, entry)
    source = f"{kind}[{title}]"
    warnings = entry.warnings if isinstance(entry.warnings, list) else []
    lines = [LogLine(LogLevel.WARNING, source, as_text(warning)) for warning in warnings]
    if entry.result is False:
        lines.append(LogLine(LogLevel.ERROR, source, as_text(entry.comment or "Salt gave no reason.")))
    return lines


def _counts(resources: list[ResourceOutcome], unchanged: int) -> Counts:
    statuses = [resource.status for resource in resources]
    return Counts(
        total=unchanged + len(resources),
        unchanged=unchanged,
        changed=statuses.count(Status.SUCCESS),
        failed=statuses.count(Status.FAILED),
        skipped=statuses.count(Status.SKIPPED),
        pending=statuses.count(Status.PENDING),
    )


def seconds(duration: object) -> float | None:
    """Salt's duration (milliseconds; old releases write `12.3 ms`) in seconds. None where it makes no sense."""
    try:
        told = float(duration.removesuffix(" ms") if isinstance(duration, str) else duration) / 1000  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return round(told, 6) if 0 <= told <= _LONGEST_DURATION else None


def _course(entries: Mapping[str, Entry], took: Mapping[str, float | None]) -> Course:
    """From the first and the last state: only `__run_num__` gives the order, the keys may be sorted."""
    total = sum(filter(None, took.values()))
    timed = [
        (entry.place, key)
        for key, entry in entries.items()
        if isinstance(entry.place, int) and isinstance(entry.start_time, str)
    ]
    if not timed:
        return course(None, None, last_seconds=0.0, total_seconds=total)
    (_, first), (_, last) = min(timed, key=itemgetter(0)), max(timed, key=itemgetter(0))
    return course(
        clock_time(entries[first].start_time),
        clock_time(entries[last].start_time),
        last_seconds=took[last] or 0.0,
        total_seconds=total,
    )


def _slowest(entries: Mapping[str, Entry], took: Mapping[str, float | None]) -> tuple[tuple[str, float], ...]:
    slowest = heapq.nlargest(_SLOWEST, ((told, key) for key, told in took.items() if told))
    return tuple(("{}[{}]".format(*type_and_title(key, entries[key])), told) for told, key in slowest)
