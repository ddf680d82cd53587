"""Records of resources → what changed, what failed, what was in sync, and how many of each."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reports.adapters.chef.messages import Record
from reports.adapters.chef.states import Comparison, compare, desired_digest
from reports.adapters.chef.texts import cut
from reports.run import Change, Counts, InSync, ResourceOutcome, Status

_LONGEST_DIFF: Final = 64 * 1024
_LONGEST_MESSAGE: Final = 16 * 1024
_LONGEST_NAME_TIMED: Final = 200
_SLOWEST: Final = 10
_IGNORED: Final = "ignore_failure is set: Chef went on."
_WAITING: Final = "nothing"  # the action of a resource that does something only when another one notifies it
_UNTOLD: Final = Comparison()  # after a failure Chef tells no state


@dataclass(frozen=True, slots=True)
class Sorted:
    """The records of a run, sorted by what became of them."""

    counts: Counts
    resources: tuple[ResourceOutcome, ...]
    in_sync: tuple[InSync, ...]
    timings: tuple[tuple[str, float], ...]


def sort_records(records: Sequence[Record]) -> Sorted:
    """Sort records by their status.

    Skipped (a guard), unprocessed (the run ended before) and "" (interrupted) are counted together and not listed.
    """
    outcomes, in_sync = [], []
    seen: defaultdict[tuple[str, str, str | None], int] = defaultdict(int)
    notified = {(record.type, record.name) for record in records if record.result == _WAITING}
    for record in records:
        seen[identity := (record.type, record.name, record.result)] += 1
        match record.status:
            case "up-to-date":
                in_sync.append(InSync(record.type, record.name, desired_digest(record)))
            case "updated":
                is_notified = (record.type, record.name) in notified
                outcomes.append(_updated(record, seen[identity], is_notified=is_notified))
            case "failed":
                outcomes.append(_failed(record, seen[identity]))
    return Sorted(_counts(records), tuple(outcomes), tuple(in_sync), tuple(_slowest(records)))


def _counts(records: Sequence[Record]) -> Counts:
    statuses = [record.status for record in records]
    unchanged, changed, failed = (statuses.count(status) for status in ("up-to-date", "updated", "failed"))
    return Counts(
        total=len(records),
        unchanged=unchanged,
        changed=changed,
        failed=failed,
        skipped=len(records) - unchanged - changed - failed,
    )


def _updated(record: Record, occurrence: int, *, is_notified: bool) -> ResourceOutcome:
    state = compare(record)
    change = Change(
        record.result,
        state.old,
        state.new,
        Status.SUCCESS,
        message=_command(record) if state.new is None else None,
        diff=_diff(record.delta) if record.delta else None,
        triggered=is_notified,
        is_sensitive=record.after is not None and record.after.get("sensitive") is True,
    )
    return _outcome(record, occurrence, change=change, state=state)


def _failed(record: Record, occurrence: int) -> ResourceOutcome:
    message = cut(record.error_message or "", _LONGEST_MESSAGE)
    if record.ignore_failure:
        message = f"{message}\n{_IGNORED}".lstrip()
    change = Change(record.result, None, None, Status.FAILED, message=message or None)
    return _outcome(record, occurrence, change=change, state=_UNTOLD)


def _outcome(record: Record, occurrence: int, *, change: Change, state: Comparison) -> ResourceOutcome:
    return ResourceOutcome(
        record.type,
        record.name,
        change.status,
        (change,),
        # The same resource and action again in one run, declared twice or notified: told apart by their order.
        key=f"{record.result} #{occurrence}" if occurrence > 1 else None,
        defined_at=_defined_at(record),
        duration_seconds=_seconds(record.duration),
        desired=state.desired,
        found=state.found,
        # Chef tells no state of a command; and one of a restart, which is not why it was restarted.
        is_action=change.status is Status.SUCCESS and state.new is None,
    )


def _defined_at(record: Record) -> str | None:
    if not record.cookbook_name:
        return None
    place = f"{record.cookbook_name}::{record.recipe_name}" if record.recipe_name else record.cookbook_name
    return f"{place} ({record.cookbook_version})" if record.cookbook_version else place


def _command(record: Record) -> str | None:
    """What an execute ran, where its name does not say it: Chef's `id` of such a resource is its command."""
    told = record.id
    return cut(told, _LONGEST_MESSAGE) if isinstance(told, str) and told != record.name else None


def _diff(delta: str) -> str:
    # Chef joins the lines of a diff by a backslash and an n. A file that holds these two characters cannot be told.
    return cut(delta.replace("\\n", "\n"), _LONGEST_DIFF)


@lru_cache(maxsize=4096)  # whole milliseconds, so that few durations differ
def _seconds(duration: str | int | float | None) -> float | None:
    try:
        return float(duration or "") / 1000
    except (ValueError, OverflowError):
        return None


def _slowest(records: Sequence[Record]) -> Iterator[tuple[str, float]]:
    timed = ((_seconds(record.duration) or 0.0, index) for index, record in enumerate(records))
    for seconds, index in heapq.nlargest(_SLOWEST, timed):
        if seconds > 0:
            yield cut(f"{records[index].type}[{records[index].name}]", _LONGEST_NAME_TIMED), seconds
