"""Ways to damage a report: cut short, a key gone, a value of the wrong type; sampled evenly, to stay quick."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

_T = TypeVar("_T")
_Place: TypeAlias = tuple[str | int, ...]

WRONG_VALUES: tuple[object, ...] = (
    *(None, True, -1, 0.5, 2**70, "", "\x00", "\ud800", "1e999", [], [None], {}, {"": None}),
    [{"a": [1]}],
)
_WRONG_LINES = (b"~", b"!ruby/sym x", b"[", b"{}", b"'", b"2026-02-30", b"1e400", b"\xff")


def evenly(items: Sequence[_T], count: int) -> list[_T]:
    """At most `count` of the items, from the first to the last."""
    if len(items) <= count:
        return list(items)
    return [items[index * (len(items) - 1) // (count - 1)] for index in range(count)]


def cut_short(body: bytes, count: int = 24) -> Iterator[bytes]:
    """The body cut at `count` lengths, most of them inside, and once with its first byte gone."""
    for length in evenly(range(len(body)), count):
        yield body[:length]
    yield body[1:]


def damaged(body: bytes, count: int = 48) -> Iterator[bytes]:
    """The body with keys removed and values replaced: by structure where it is JSON, else line by line."""
    try:
        document = json.loads(body)
    except ValueError:
        yield from _damaged_lines(body, count)
        return
    places = evenly(_distinct_places(document), count)
    for index, place in enumerate(places):
        yield _without(body, place)
        yield _replaced(body, place, WRONG_VALUES[index % len(WRONG_VALUES)])
    for wrong in WRONG_VALUES:
        yield json.dumps(wrong).encode()


def _distinct_places(document: object) -> list[_Place]:
    """One place a shape: items of a list count as alike, and the first of them stands for the others."""
    seen: dict[_Place, _Place] = {}
    for place in _places(document, ()):
        seen.setdefault(tuple("*" if isinstance(step, int) else step for step in place), place)
    return sorted(seen.values(), key=len)


def _places(value: object, at: _Place) -> Iterator[_Place]:
    if isinstance(value, dict):
        steps: list[tuple[str | int, object]] = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    else:
        return
    for step, inner in steps:
        yield (*at, step)
        yield from _places(inner, (*at, step))


def _without(body: bytes, place: _Place) -> bytes:
    document = json.loads(body)
    del _holder(document, place)[place[-1]]
    return json.dumps(document).encode()


def _replaced(body: bytes, place: _Place, wrong: object) -> bytes:
    document = json.loads(body)
    _holder(document, place)[place[-1]] = wrong
    return json.dumps(document).encode()


def _holder(document: Any, place: _Place) -> Any:  # noqa: ANN401 - any JSON
    for step in place[:-1]:
        document = document[step]
    return document


def _damaged_lines(body: bytes, count: int) -> Iterator[bytes]:
    lines = body.splitlines(keepends=True)
    for turn, index in enumerate(evenly(range(len(lines)), count)):
        before, line, after = lines[:index], lines[index], lines[index + 1 :]
        yield b"".join((*before, *after))
        key, colon, _value = line.partition(b": ")
        yield b"".join((*before, key, colon, _WRONG_LINES[turn % len(_WRONG_LINES)], b"\n", *after))
