"""Resources with their events → ResourceOutcomes, for what is not simply in sync."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from reports.adapters.puppet.loglines import Logbook
from reports.adapters.puppet.said import Event, ResourceStored, ResourceYaml
from reports.adapters.puppet.values import cut, number_of, text_of, word
from reports.run import Change, ResourceOutcome, Status

AnyResource: TypeAlias = ResourceYaml | ResourceStored

# `audit` is left out on purpose: an audited property is looked at and never changed.
STATUSES: Final = {"success": Status.SUCCESS, "failure": Status.FAILED, "noop": Status.PENDING}
_REDACTED: Final = "[redacted]"
_REFRESH: Final = "refresh"
_ACTIONS: Final = {"Exec", "Notify"}  # what they do leaves no state behind that Puppet would look at


def reference(resource: AnyResource) -> str:
    """`Type[title]`, as Puppet writes it."""
    return f"{resource.type}[{resource.title}]"


def is_quiet(resource: AnyResource) -> bool:
    """Looked at and left alone, as most resources of most runs are."""
    return not (resource.events or resource.skipped or resource.failed or resource.failed_to_restart)


def names_to_look_for(resources: Sequence[AnyResource]) -> set[str]:
    """What the log may tell about: each resource, and each of its properties that had an event."""
    names = {reference(resource) for resource in resources}
    for resource in resources:
        names.update(f"{reference(resource)}/{event.property}" for event in resource.events or ())
    return names


def outcome_of(resource: AnyResource, book: Logbook, *, can_correct: bool) -> ResourceOutcome:
    """What became of one resource; UNCHANGED without changes if its events were audits only.

    `can_correct` is false where Puppet never says whether a change is corrective, so that its `false` means nothing.
    """
    ref = reference(resource)
    changes = tuple(_changes(resource, ref, book, can_correct=can_correct))
    status = _status(resource, changes)
    if not changes or all(change.status is not status for change in changes):
        changes += tuple(_told_by_the_log(ref, status, book))
    return ResourceOutcome(
        type=resource.type or "",
        title=resource.title or "",
        status=status,
        changes=changes,
        defined_at=_place(resource),
        duration_seconds=number_of(resource.evaluation_time),
        is_action=resource.type in _ACTIONS,
    )


def _changes(resource: AnyResource, ref: str, book: Logbook, *, can_correct: bool) -> Iterator[Change]:
    for event in resource.events or ():
        status = STATUSES.get(word(event.status))
        if status is not None:
            diff = book.diffs.get(f"{ref}/{event.property}")
            yield _change(event, status, diff, can_correct=can_correct)


def _change(event: Event, status: Status, diff: str | None, *, can_correct: bool) -> Change:
    old, new = text_of(event.old), text_of(event.new)
    is_sensitive = bool(event.redacted) or old == new == _REDACTED
    is_refresh = word(event.name) == _REFRESH
    return Change(
        property=_REFRESH if is_refresh else word(event.property) or None,
        old=old,
        new=new,
        status=status,
        message=cut(event.message) if event.message else None,
        diff=cut(diff) if diff else None,
        corrective=event.corrective_change if can_correct and not is_sensitive else None,
        triggered=is_refresh,
        is_sensitive=is_sensitive,
    )


def _status(resource: AnyResource, changes: Sequence[Change]) -> Status:
    seen = {change.status for change in changes}
    if resource.failed or resource.failed_to_restart or Status.FAILED in seen:
        return Status.FAILED
    if resource.skipped:
        return Status.SKIPPED
    if Status.SUCCESS in seen:
        return Status.SUCCESS
    return Status.PENDING if Status.PENDING in seen else Status.UNCHANGED


def _told_by_the_log(ref: str, status: Status, book: Logbook) -> Iterator[Change]:
    """A failure or a skip without an event of its own; a skip only where a failure is behind it."""
    if status is Status.FAILED:
        yield Change(None, None, None, status, message=cut(book.errors.get(ref, "")) or None)
    elif status is Status.SKIPPED and ref in book.skips:
        yield Change(None, None, None, status, message=book.skips[ref])


def _place(resource: AnyResource) -> str | None:
    if not resource.file:
        return None
    return resource.file if resource.line is None else f"{resource.file}:{resource.line}"
