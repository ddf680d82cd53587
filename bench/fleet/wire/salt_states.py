"""The states of a run of Salt: what each returned, keyed as Salt keys it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from bench.fleet.catalogue import Item, Kind
from bench.fleet.play import Act, Played
from bench.fleet.wire.told import hunk, offsets
from reports.run import Status

_FUNCTIONS: Final = {
    Kind.FILE: ("file", "managed"),
    Kind.DIRECTORY: ("file", "directory"),
    Kind.PACKAGE: ("pkg", "installed"),
    Kind.SERVICE: ("service", "running"),
    Kind.USER: ("user", "present"),
    Kind.CRON: ("cron", "present"),
    Kind.LINK: ("file", "symlink"),
    Kind.COMMAND: ("cmd", "run"),
}
_IN_SYNC: Final = {
    Kind.FILE: "File {} is in the correct state",
    Kind.DIRECTORY: "The directory {} is in the correct state",
    Kind.PACKAGE: "All specified packages are already installed and are at the desired version",
    Kind.SERVICE: "The service {} is already running",
    Kind.USER: "User {} is present and up to date",
    Kind.CRON: "Cron {} already present",
    Kind.LINK: "Symlink {} is present and owned by root:root",
    Kind.COMMAND: 'Command "{}" run',
}
_RESULTS: Final = {Status.SUCCESS: True, Status.FAILED: False, Status.PENDING: None}


def type_and_title(item: Item) -> tuple[str, str]:
    """The name that Salt has for a thing: module and function, and the name."""
    return ".".join(_FUNCTIONS[item.kind]), item.title


def states_of(played: Played, started_at: datetime, within: timedelta) -> dict[str, Any]:
    """The states in the order of the run, each with its clock time and how long it took."""
    acts = {act.place: act for act in played.acts}
    clock = offsets(len(played.items), within)
    return dict(
        _state(item, place, acts.get(place), started_at + at)
        for (place, item), at in zip(enumerate(played.items), clock, strict=True)
    )


def _state(item: Item, place: int, act: Act | None, at: datetime) -> tuple[str, dict[str, Any]]:
    module, function = _FUNCTIONS[item.kind]
    named = f"{module}_{place}"
    entry = {
        "name": item.title,
        "changes": _changes(act, at) if act else {},
        "result": _RESULTS[act.status] if act else True,
        "comment": _comment(act) if act else _IN_SYNC[item.kind].format(item.title),
        "__sls__": "fleet",
        "__run_num__": place,
        "start_time": at.strftime("%H:%M:%S.%f"),
        "duration": 2.5 + (at.microsecond % 40_000) / 1000,
        "__id__": named,
    }
    return f"{module}_|-{named}_|-{item.title}_|-{function}", entry


def _changes(act: Act, at: datetime) -> dict[str, Any]:
    """What changed, as far as Salt tells: seldom what was there before. Nothing of what failed, but for commands."""
    item, found, wanted = act.item, act.found, act.wanted
    if act.status is Status.FAILED and item.kind is not Kind.COMMAND:
        return {}
    if item.kind is Kind.COMMAND:
        return {"pid": 300 + at.microsecond % 30_000, "retcode": 0, "stdout": "warmed up", "stderr": ""}
    return _built(item, wanted) if found is None else _mended(item, found, wanted)


def _built(item: Item, wanted: str) -> dict[str, Any]:
    """Of a thing that was not there."""
    match item.kind:
        case Kind.FILE:
            return {"diff": "New file", "mode": "0644"}
        case Kind.DIRECTORY:
            return {item.title: {"directory": "new"}}
        case Kind.USER:
            return {"name": item.title, "shell": wanted, "uid": 4100, "gid": 4100, "home": f"/srv/{item.title}"}
    return _mended(item, "", wanted)


def _mended(item: Item, found: str, wanted: str) -> dict[str, Any]:
    """Of a thing that was there."""
    match item.kind:
        case Kind.FILE:
            return {"diff": "\n".join(["--- ", "+++ ", *hunk(item, found, wanted), ""])}
        case Kind.DIRECTORY:
            return {"mode": wanted}
        case Kind.PACKAGE:
            return {item.title: {"new": wanted, "old": found}}
        case Kind.USER:
            return {"shell": wanted}
        case Kind.CRON:
            return {"root": item.title}
        case Kind.LINK:
            return {"new": item.title}
    return {item.title: True}


def _comment(act: Act) -> str:
    item = act.item
    if act.status is Status.FAILED:
        return f"{item.title} could not be brought to {act.wanted}: exit status 100"
    if act.status is Status.PENDING:
        return f"{item.title} is set to be changed"
    if act.is_restart:
        return "Service restarted"
    match item.kind:
        case Kind.PACKAGE:
            return f"The following packages were installed/updated: {item.title}={act.wanted}"
        case Kind.SERVICE:
            return f"Started service {item.title}"
        case Kind.CRON:
            return f"Cron {item.title} updated"
        case Kind.LINK:
            return f"Created new symlink {item.title} -> {act.wanted}"
        case Kind.COMMAND:
            return _IN_SYNC[item.kind].format(item.title)
    return f"{item.title} updated"


def failed_render(played: Played) -> Iterator[str]:
    """What Salt returns instead of states where the code cannot be rendered."""
    if played.is_outage:
        yield "Pillar failed to render with the following messages: the file server could not be reached"
    else:
        yield f"Rendering SLS 'base:fleet.{played.node.role}' failed: Jinja variable 'fleet' is undefined; line 3"
