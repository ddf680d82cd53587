"""Our own JSON → Run and Inventory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from reports.adapters.generic.documents import ChangeDocument, LogDocument, ResourceDocument, RunDocument
from reports.run import (
    Change,
    Counts,
    InSync,
    Inventory,
    LogLevel,
    LogLine,
    Outcome,
    ResourceOutcome,
    Run,
    Status,
    to_milliseconds,
)

_NAMESPACE: Final = UUID("6d5c2c0e-2a53-4f3a-9a63-0f4b7f7f0b1d")
_STATUSES: Final = {
    "unchanged": Status.UNCHANGED,
    "changed": Status.SUCCESS,
    "success": Status.SUCCESS,
    "failed": Status.FAILED,
    "skipped": Status.SKIPPED,
    "pending": Status.PENDING,
}
_LONGEST_TEXT: Final = 64 * 1024  # of one value, message or diff
_SLOWEST: Final = 10


def read_run(document: RunDocument) -> Run:
    """One run. `running` has no outcome and no end yet; the report of its end, with the same identity, replaces it."""
    is_over = document.status != "running"
    resources = tuple(_resource(told) for told in document.resources if told.status != "unchanged")
    counts = _counts(document)
    return Run(
        run_id=_identity(document),
        tool=document.tool,
        node=document.node,
        started_at=to_milliseconds(document.started_at),
        ended_at=to_milliseconds(document.ended_at) if document.ended_at and is_over else None,
        outcome=_outcome(document, counts, resources) if is_over else None,
        environment=document.environment,
        noop=document.noop,
        code_version=document.code_version,
        tool_version=document.tool_version,
        counts=counts,
        resources=resources,
        in_sync=tuple(
            InSync(told.type, told.title, told.desired) for told in document.resources if told.status == "unchanged"
        ),
        logs=tuple(_log(document, told) for told in document.logs),
        message=_cut(document.message),
        machine=document.machine,
        timings=tuple(_slowest(document)),
        richness=1 if is_over else 0,
    )


def read_inventory(document: RunDocument) -> Inventory | None:
    """Facts and packages; None where neither is told."""
    if document.facts is None and document.packages is None:
        return None
    return Inventory(
        tool=document.tool,
        node=document.node,
        taken_at=to_milliseconds(document.started_at),
        environment=document.environment,
        facts=document.facts,
        packages=document.packages,
        volatile=frozenset(document.volatile),
        machine=document.machine,
    )


def _identity(document: RunDocument) -> UUID:
    """The tool's own UUID, else one that follows from tool, node and the tool's id, or the start."""
    named = document.run_id or to_milliseconds(document.started_at).isoformat()
    try:
        return UUID(named)
    except ValueError:
        return uuid5(_NAMESPACE, "\0".join((document.tool, document.node, named)))


def _outcome(document: RunDocument, counts: Counts, resources: tuple[ResourceOutcome, ...]) -> Outcome:
    if document.status == "failure":
        return Outcome.FAILED
    changes = (change for resource in resources for change in resource.changes)
    if any(change.corrective and change.status is Status.SUCCESS for change in changes):
        return Outcome.CORRECTED
    if counts.changed:
        return Outcome.CHANGED
    return Outcome.PENDING if counts.pending else Outcome.UNCHANGED


def _counts(document: RunDocument) -> Counts:
    statuses = [resource.status for resource in document.resources]
    more_unchanged, more_skipped = 0, 0
    if document.unlisted:
        more_unchanged, more_skipped = int(document.unlisted.unchanged), int(document.unlisted.skipped)
    return Counts(
        total=len(statuses) + more_unchanged + more_skipped,
        unchanged=statuses.count("unchanged") + more_unchanged,
        changed=statuses.count("changed"),
        failed=statuses.count("failed"),
        skipped=statuses.count("skipped") + more_skipped,
        pending=statuses.count("pending"),
    )


def _resource(told: ResourceDocument) -> ResourceOutcome:
    changes = told.changes or [ChangeDocument()]
    return ResourceOutcome(
        told.type,
        told.title,
        _STATUSES[told.status],
        tuple([_change(told, change) for change in changes]),
        key=told.key,
        defined_at=told.defined_at,
        duration_seconds=told.duration_seconds,
        desired=told.desired,
        found=told.found,
    )


def _change(resource: ResourceDocument, told: ChangeDocument) -> Change:
    hidden = told.is_sensitive
    return Change(
        told.property,
        None if hidden else _cut(told.old),
        None if hidden else _cut(told.new),
        _STATUSES[told.status or resource.status],
        message=_cut(told.message or resource.message),
        diff=None if hidden else _cut(told.diff),
        corrective=told.corrective,
        triggered=told.triggered,
        is_sensitive=hidden,
    )


def _log(document: RunDocument, told: LogDocument) -> LogLine:
    at = to_milliseconds(told.at) if told.at else None
    return LogLine(LogLevel[told.level.upper()], told.source or document.tool, _cut(told.message) or "", at)


def _slowest(document: RunDocument) -> Iterator[tuple[str, float]]:
    timed = [told for told in document.resources if told.duration_seconds]
    timed.sort(key=lambda told: told.duration_seconds or 0.0, reverse=True)
    for told in timed[:_SLOWEST]:
        yield f"{told.type}[{told.title}]", told.duration_seconds or 0.0


def _cut(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:_LONGEST_TEXT]}… ({len(text) - _LONGEST_TEXT} more characters)"
