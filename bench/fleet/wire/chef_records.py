"""The records of a run of Chef: one for each resource and action, its state before and as declared."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from bench.fleet.catalogue import Item, Kind
from bench.fleet.play import Act, Played
from bench.fleet.wire.told import checksum, hunk
from reports.run import Status

Record = dict[str, Any]

_TYPES: Final = {
    Kind.FILE: ("template", "create"),
    Kind.DIRECTORY: ("directory", "create"),
    Kind.PACKAGE: ("apt_package", "install"),
    Kind.SERVICE: ("service", "start"),
    Kind.USER: ("linux_user", "create"),
    Kind.CRON: ("cron", "create"),
    Kind.LINK: ("link", "create"),
    Kind.COMMAND: ("execute", "run"),
}
_ROOTS: Final = {"owner": "root", "group": "root"}
_DAILY: Final = {"day": "*", "month": "*", "weekday": "*", "user": "root"}
_PRIORITY: Final = {"2": ["start", "01"], "3": ["start", "01"], "0": ["stop", "01"], "6": ["stop", "01"]}


def type_and_title(item: Item) -> tuple[str, str]:
    """The name that Chef has for a thing."""
    return _TYPES[item.kind][0], item.title


def records_of(played: Played) -> list[Record]:
    """A record for each resource in turn; after a failure they are unprocessed; notified actions come last."""
    acts = {act.place: act for act in played.acts if not act.is_restart}
    records: list[Record] = []
    for place, (item, wanted) in enumerate(zip(played.items, played.wanted, strict=True)):
        is_reached = played.stopped_at is None or place <= played.stopped_at
        if item.kind is Kind.SERVICE:
            is_first = (act := acts.get(place)) is not None and act.found is None
            records.append(_enabling(item, is_reached=is_reached, is_first=is_first, code=played.code))
        if not is_reached:
            records.append(_without_state(item, played.code, "unprocessed"))
        elif place in acts:
            records.append(_acted(acts[place], played.code))
        else:
            records.append(_in_sync(item, wanted, played.code))
    records += [_restarted(act, played.code) for act in played.acts if act.is_restart]
    return records


@lru_cache(maxsize=8192)
def _in_sync(item: Item, wanted: str, code: int) -> Record:
    return _record(item, code, "up-to-date", _before(item, wanted), _after(item, wanted))


def _acted(act: Act, code: int) -> Record:
    item, wanted = act.item, act.wanted
    if act.status is Status.FAILED:
        said = complaint(act)
        return {**_without_state(item, code, "failed"), "duration": "540", "error_message": said}
    record = _record(item, code, "updated", _before(item, act.found), _after(item, wanted))
    record["duration"] = "87"
    if item.kind is Kind.FILE:
        record["after"] = {**record["after"], "checksum": checksum(item, wanted)}
        record["delta"] = None if act.found is None else _delta(item, act.found, wanted)
    return record


def _restarted(act: Act, code: int) -> Record:
    record = _record(act.item, code, "updated", _before(act.item, "running"), _after(act.item, "running"))
    return {**record, "result": "restart", "duration": "412"}


def _enabling(item: Item, *, is_reached: bool, is_first: bool, code: int) -> Record:
    if not is_reached:
        return {**_without_state(item, code, "unprocessed"), "result": "enable"}
    before = {"enabled": not is_first, "priority": _PRIORITY}
    status = "updated" if is_first else "up-to-date"
    return {**_record(item, code, status, before, _after(item, "running")), "result": "enable"}


def _without_state(item: Item, code: int, status: str) -> Record:
    return {**_record(item, code, status, {}, {}), "duration": ""}


def _record(item: Item, code: int, status: str, before: Record, after: Record) -> Record:
    kind, action = _TYPES[item.kind]
    return {
        "type": kind,
        "name": item.title,
        "id": f"{item.title} --quiet" if item.kind in {Kind.COMMAND, Kind.CRON} else item.title,
        "after": after,
        "before": before,
        "duration": "12",
        "delta": "",
        "ignore_failure": False,
        "result": action,
        "status": status,
        "cookbook_name": "fleet_base",
        "cookbook_version": f"2.{code}.0",
        "recipe_name": "default",
    }


def _after(item: Item, wanted: str) -> Record:
    """The declared state. The checksum of a file goes along only where its content changed."""
    match item.kind:
        case Kind.FILE:
            return {**_ROOTS, "mode": "0644", "variables": {"value": wanted}}
        case Kind.DIRECTORY:
            return {**_ROOTS, "mode": wanted}
        case Kind.PACKAGE:
            return {"package_name": item.title, "version": wanted}
        case Kind.SERVICE:
            return {"supports": {"restart": True}, "enabled": True, "running": True, "masked": None}
        case Kind.USER:
            return {"home": f"/srv/{item.title}", "shell": wanted, "uid": 4100, "gid": 4100}
        case Kind.CRON:
            return {"minute": wanted, "hour": "3", **_DAILY}
        case Kind.LINK:
            return {"to": wanted}
    return {"user": None, "domain": None}


def _before(item: Item, found: str | None) -> Record:
    """The state found; nulls or nothing where there was none."""
    match item.kind:
        case Kind.FILE if found is None:
            return {"owner": None, "group": None, "mode": None}
        case Kind.FILE:
            return {"checksum": checksum(item, found or ""), **_ROOTS, "mode": "0644"}
        case Kind.DIRECTORY:
            return {**_ROOTS, "mode": found} if found else {"owner": None, "group": None, "mode": None}
        case Kind.PACKAGE:
            return {"package_name": [item.title], "version": [found]}
        case Kind.SERVICE:
            return {"enabled": True, "priority": _PRIORITY, **({"running": True} if found == "running" else {})}
        case Kind.USER:
            return {"comment": "", **_after(item, found)} if found else {}
        case Kind.CRON:
            return _after(item, found) if found else {"user": "root"}
        case Kind.LINK:
            return {**_ROOTS, **({"to": found, "link_type": "symbolic"} if found else {"link_type": "hard"})}
    return {}


def _delta(item: Item, found: str, wanted: str) -> str:
    """Chef joins the lines of a diff by a backslash and an n."""
    return "\\n".join([f"--- {item.title}\t2026-01-01", f"+++ {item.title}\t2026-01-01", *hunk(item, found, wanted)])


def complaint(act: Act) -> str:
    """Why a resource failed, in Chef's words."""
    return f"Expected process to exit with [0], but received '1' while {act.item.title} was being set to {act.wanted}"
