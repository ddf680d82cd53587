"""Flatten what a state changed into one Change per property, and digest what it wanted and what it found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from reports.run import Change, Json, Status

_MOST_PROPERTIES: Final = 200  # of one resource; a recursive file state may change thousands
_DEEPEST: Final = 8  # levels of nesting that become dotted paths; what is deeper is shown as JSON
_LONGEST: Final = 64 * 1024  # characters of one value or diff
_PAIR: Final = {"old", "new"}
_COMMAND: Final = {"pid", "retcode", "stdout", "stderr"}  # what every cmd state reports of its process
_NEW_FILE: Final = "New file"
TRIMMED: Final = "VALUE_TRIMMED"  # stands for a value that the master cut from a large event


class Property(NamedTuple):
    """One thing that changed. `note` is what is said instead of a diff, such as `New file`."""

    path: str | None
    old: str | None = None
    new: str | None = None
    diff: str | None = None
    note: str | None = None


def flatten(changes: Json) -> list[Property]:
    """The properties in a state's `changes`, nested ones by dotted path. At least one for what is not empty.

    A process id says nothing about the resource and is left out, as are output streams that stayed silent.
    """
    if not changes:
        return []
    if isinstance(changes, dict) and changes.keys() >= _COMMAND:
        changes = {key: value for key, value in changes.items() if key != "pid" and value != ""}
    properties: list[Property] = []
    _gather(changes, None, depth=0, into=properties)
    return properties or [Property(None)]


def tell(properties: list[Property], status: Status, *, comment: str | None, triggered: bool = False) -> list[Change]:
    """One Change per property, the first with the state's comment; one for the comment alone where there is none."""
    told = properties[:_MOST_PROPERTIES] or [Property(None)]
    if len(properties) > _MOST_PROPERTIES:
        told.append(Property(None, note=f"More than {_MOST_PROPERTIES} properties: the others are left out."))
    changes = []
    for one in told:
        message = f"{one.note}\n{comment}" if one.note and comment else one.note or comment
        changes.append(
            Change(
                one.path,
                _cut(one.old),
                _cut(one.new),
                status,
                message=_cut(message or None),
                diff=_cut(one.diff),
                triggered=triggered,
            )
        )
        comment = None  # it was of the whole state, and is told once
    return changes


def desired_and_found(properties: list[Property]) -> tuple[str | None, str | None]:
    """Digests of the values that were set and of those found before; None where nothing tells them.

    Of a diff these are the lines added and removed, and a file's mode, which goes along only now and then, is left out.
    A long file shows only the lines that were wrong: equal digests mean that the same value was set again, but
    different ones need not mean that another value was declared. A note (`New file`) stands for a content nobody sees.
    """
    if any(one.note for one in properties):
        return None, None
    telling = [one for one in properties if one.diff] or properties
    return (
        _digest((one.path, _side(one.diff, "+") or one.new) for one in telling),
        _digest((one.path, _side(one.diff, "-") or one.old) for one in telling),
    )


def as_text(value: Json) -> str:
    """A value as a person reads it: text as it is, plain lists with commas, everything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and (words := [item for item in value if isinstance(item, str)]) and words == value:
        return ", ".join(words)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _gather(value: Json, path: str | None, *, depth: int, into: list[Property]) -> None:
    """Add the properties of a value, but hardly more than are told."""
    if value == TRIMMED:
        into.append(Property(path, note=f"{TRIMMED}: too large for the master's event bus (max_event_size)"))
    elif not isinstance(value, dict) or depth == _DEEPEST:
        into.append(Property(path, None, as_text(value)))
    elif value and value.keys() <= _PAIR:
        into.append(Property(path, *[as_text(value[side]) if side in value else None for side in ("old", "new")]))
    else:
        for key, inner in value.items():
            if len(into) > _MOST_PROPERTIES:
                return
            inner_path = key if path is None else f"{path}.{key}"
            if key == "diff" and isinstance(inner, str) and inner != TRIMMED:
                into.append(_diff(inner_path, inner))
            else:
                _gather(inner, inner_path, depth=depth + 1, into=into)


def _diff(path: str, text: str) -> Property:
    """A diff shows lines; a sentence in its place (`New file`, `Replace binary file`) is a note."""
    if "\n" in text or text.startswith(("+", "-", "@@")):
        return Property(path, diff=text)
    return Property(path, "absent" if text == _NEW_FILE else None, note=text)


def _side(diff: str | None, sign: str) -> str | None:
    """The lines a diff adds or removes; None for none."""
    if diff is None:
        return None
    lines = diff.splitlines()
    has_header = len(lines) > 1 and lines[0].startswith("---") and lines[1].startswith("+++")
    return "\n".join(line[1:] for line in lines[2 if has_header else 0 :] if line.startswith(sign)) or None


def _digest(values: Iterable[tuple[str | None, str | None]]) -> str | None:
    told = sorted(
        f"{path}\0{value}" for path, value in values if value is not None
    )  # a master sorts, a minion does not
    if not told:
        return None
    return hashlib.blake2b("\1".join(told).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _cut(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}\n[{len(text) - _LONGEST} more characters left out]"
