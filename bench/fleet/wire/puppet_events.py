"""What Puppet says of each thing it did: events, their values and sentences, alike in both of its formats."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final, NamedTuple

from bench.fleet.catalogue import Item, Kind
from bench.fleet.play import Act, Played
from bench.fleet.wire.told import checksum
from reports.run import Status

AGENT, MASTERLESS = "agent", "apply"
TYPES: Final = {
    Kind.FILE: "File",
    Kind.DIRECTORY: "File",
    Kind.PACKAGE: "Package",
    Kind.SERVICE: "Service",
    Kind.USER: "User",
    Kind.CRON: "Cron",
    Kind.LINK: "File",
    Kind.COMMAND: "Exec",
}
_STATUSES: Final = {Status.SUCCESS: "success", Status.FAILED: "failure", Status.PENDING: "noop"}
_MANIFEST: Final = "/etc/puppetlabs/code/environments/{}/modules/fleet/manifests/{}.pp"


class Event(NamedTuple):
    """An event. `old` and `new` are texts, or lists of them; both formats write them in their own way."""

    act: Act
    property: str | None
    old: str | list[str] | None
    new: str | list[str] | None
    name: str
    status: str
    message: str
    is_corrective: bool


def type_and_title(item: Item) -> tuple[str, str]:
    """The name that Puppet has for a thing."""
    return TYPES[item.kind], item.title


def reference(item: Item) -> str:
    """The same as one word."""
    return f"{TYPES[item.kind]}[{item.title}]"


def manifest(played: Played) -> str:
    """The file of the code that declares everything here."""
    return _MANIFEST.format(played.node.environment, played.node.role)


def events_of(played: Played, *, mode: str) -> Iterator[Event]:
    """The events of a run. Only an agent remembers what it has left, and can say what is corrective."""
    for act in played.acts:
        if act.is_restart:
            said = "Triggered 'refresh' from 1 event"
            yield Event(act, None, None, None, "refresh", "success", said, is_corrective=False)
        else:
            yield _event(act, is_corrective=mode == AGENT and act.is_known_moved)


def _event(act: Act, *, is_corrective: bool) -> Event:
    told = _told(act)
    said, found = told.said, act.found or "absent"
    match act.status:
        case Status.FAILED:
            said = f"change from '{found}' to '{act.wanted}' failed: execution returned 1"
        case Status.PENDING:
            said = f"current_value '{found}', should be '{act.wanted}' (noop)"
    said += " (corrective)" if is_corrective else ""
    status = _STATUSES[act.status]
    return Event(act, told.property, told.old, told.new, told.name, status, said, is_corrective)


class _Words(NamedTuple):
    """The words for a change that went well."""

    property: str
    old: str | list[str]
    new: str | list[str]
    name: str
    said: str


def _told(act: Act) -> _Words:
    item, found, wanted = act.item, act.found, act.wanted
    match item.kind:
        case Kind.SERVICE:
            return _Words("ensure", "stopped", "running", "service_started", "ensure changed 'stopped' to 'running'")
        case Kind.PACKAGE:
            old = found or "purged"
            return _Words("ensure", old, wanted, "ensure_changed", f"ensure changed '{old}' to '{wanted}'")
        case Kind.COMMAND:
            return _Words("returns", "notrun", ["0"], "executed_command", "executed successfully")
    return _created(item, wanted) if found is None else _changed(item, found, wanted)


def _created(item: Item, wanted: str) -> _Words:
    match item.kind:
        case Kind.FILE:
            said = f"defined content as '{{sha256}}{checksum(item, wanted)}'"
            return _Words("ensure", "absent", "file", "file_created", said)
        case Kind.DIRECTORY:
            return _Words("ensure", "absent", "directory", "directory_created", "created")
        case Kind.LINK:
            return _Words("ensure", "absent", "link", "link_created", "created")
    return _Words("ensure", "absent", "present", f"{item.kind}_created", "created")


def _changed(item: Item, found: str, wanted: str) -> _Words:
    match item.kind:
        case Kind.FILE:
            old, new = (f"{{sha256}}{checksum(item, value)}" for value in (found, wanted))
            # Puppet writes what it wanted in base64, and what it found in clear.
            packed = base64.b64encode(new.encode()).decode()
            return _Words("content", old, packed, "content_changed", f"content changed '{old}' to '{new}'")
        case Kind.CRON:
            said = f"minute changed ['{found}'] to ['{wanted}']"
            return _Words("minute", [found], [wanted], "minute_changed", said)
    told = {Kind.DIRECTORY: "mode", Kind.USER: "shell", Kind.LINK: "target"}[item.kind]
    return _Words(told, found, wanted, f"{told}_changed", f"{told} changed '{found}' to '{wanted}'")
