"""Histories of chance: each resource has a way of its own to behave, so that what rules look for does happen."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from reports.drift.history import LOOK_BACK, PastChange
from reports.run import Outcome, Status
from tests.drift.telling import Tale, change

_WAYS: Final = ("command", "stamp", "drift", "fails", "lone", "restart", "anything", "anything")
_TITLES: Final = ("a", "b", "c")
_VALUES: Final = (None, "", "absent", "x", "y", "x\ny", "{md5}0123456789")
_DIGESTS: Final = (None, "d1", "d2")
_MOST_RUNS: Final = 2 * LOOK_BACK + 8


def tell_tale(seed: int) -> Tale:
    """Runs of one tool on a machine that is built anew now and then."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    tale = Tale(lists=chance.random() < 0.7)
    ways = {title: chance.choice(_WAYS) for title in _TITLES[: chance.randint(1, len(_TITLES))]}
    often, listed = chance.choice([0.1, 0.3, 0.6, 1.0]), chance.choice([0.05, 0.5, 1.0])
    moves = chance.choice([0.0, 0.0, 0.1])
    for number in range(chance.randint(1, _MOST_RUNS)):
        changed = [title for title in ways if chance.random() < often]
        made = [one for title in changed for one in _make(chance, ways[title], title, number)]
        in_sync = {
            title: chance.choice(_DIGESTS) for title in ways if title not in changed and chance.random() < listed
        }
        tale.run(*made, in_sync=in_sync, **_circumstances(chance, is_restless=moves > 0))
        if chance.random() < moves:
            tale.another_machine(chance.randint(1, 3))
    return tale


def _circumstances(chance: random.Random, *, is_restless: bool) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if is_restless:
        told["environment"] = chance.choice(["production", "production", "staging"])
        told["code_version"] = chance.choice([None, "v1", "v1", "v2", "1763900000"])
        told["machine_id"] = chance.choice([None, None, None, 1, 2])
        told["noop"] = chance.random() < 0.1
    if chance.random() < 0.2:
        told["outcome"] = chance.choice([Outcome.FAILED, None])
    return told


def _make(chance: random.Random, way: str, title: str, number: int) -> Iterator[PastChange]:
    match way:
        case "command":
            yield change(title, property="returns", is_action=True)
        case "stamp":
            yield change(title, old=f"made in {number - 1}", new=f"made in {number}")
        case "drift":
            yield change(title, found=chance.choice(["d0", "d3"]), desired="d1")
        case "lone":
            yield change(title, found="d0" if number % 2 else None, old="x", new="y")
        case "fails":
            yield change(title, old=f"{number}", new="y", status=chance.choice([*[Status.FAILED] * 6, Status.SUCCESS]))
        case "restart":
            yield change(title, found="d1", desired="d1")
        case _:
            for _ in range(chance.randint(1, 2)):
                yield _make_anything(chance, title)


def _make_anything(chance: random.Random, title: str) -> PastChange:
    return change(
        title,
        occurrence=chance.choice([None, None, "one"]),
        property=chance.choice([None, "content", "content", "mode"]),
        status=chance.choice([*[Status.SUCCESS] * 6, Status.FAILED, Status.SKIPPED, Status.PENDING]),
        old=chance.choice(_VALUES),
        new=chance.choice(_VALUES),
        found=chance.choice(_DIGESTS),
        desired=chance.choice(_DIGESTS),
        message=chance.choice([None, None, "content set to {md5}0123456789"]),
        said_corrective=chance.choice([None, None, None, True, False]),
        said_triggered=chance.random() < 0.1,
        is_sensitive=chance.random() < 0.1,
        is_action=chance.random() < 0.1,
    )
