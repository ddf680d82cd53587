"""What all ways to tell a run share: its report with the truth on the side, identities, times, contents of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from bench.fleet.catalogue import Item
from bench.fleet.plan import Plan
from bench.fleet.play import Act, Played
from reports.adapters.contract import Report
from reports.run import Cause, Status

encode = msgspec.json.Encoder().encode

_NOTHING: Final[Mapping[str, str]] = {}
_UPLOAD: Final = timedelta(milliseconds=600)  # from the end of a run until its report has arrived


class Truth(NamedTuple):
    """Why one resource truly changed. `is_mixed`: the code had moved, and so had the node: either word is right."""

    type: str
    title: str
    status: Status
    cause: Cause
    is_mixed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it comes in by a door, and the hidden truth of each change in it, in the order of the run."""

    report: Report
    truths: tuple[Truth, ...] = ()


def told(
    door: str,
    body: bytes,
    received_at: datetime,
    *,
    query: Mapping[str, str] = _NOTHING,
    headers: Mapping[str, str] = _NOTHING,
) -> Told:
    """A report without anything that changed."""
    return Told(Report(door, body, received_at, query, headers))


def identity(plan: Plan, *about: object) -> UUID:
    """The identity of what is named, the same whenever the plan is."""
    named = f"{plan.seed} {' '.join(map(str, about))}".encode()
    return UUID(bytes=hashlib.blake2b(named, digest_size=16).digest(), version=4)


def run_identity(plan: Plan, played: Played) -> UUID:
    """The identity of a run, for tools that make one."""
    return identity(plan, "run", played.node.number, played.tool, played.number)


def machine_of(plan: Plan, played: Played) -> UUID:
    """The identity of the machine behind the node: another one after each rebuild."""
    return identity(plan, "machine", played.node.number, played.life)


def duration_of(played: Played) -> timedelta:
    """How long a run took: longer the more it did, and never twice the same."""
    usual = 6000 + 900 * (played.node.number % 17) + 350 * len(played.acts)
    return timedelta(milliseconds=usual + played.number * 7919 % 2500)


def arrival(ended_at: datetime) -> datetime:
    """When a report of a run that ended then has arrived."""
    return ended_at + _UPLOAD


def offsets(count: int, within: timedelta) -> Iterator[timedelta]:
    """When each of so many things was looked at, after the start; the first third of a run is preparation."""
    first = within / 3
    return (first + (within - first) * place / (count + 1) for place in range(count))


@lru_cache(maxsize=4096)
def content(item: Item, value: str) -> str:
    """The text of a configuration file of which one line has this value."""
    return f"# {item.setting} is managed: changes by hand are reverted\nlog_level = info\n{value}\ntimeout = 30\n"


@lru_cache(maxsize=4096)
def checksum(item: Item, value: str) -> str:
    """The SHA-256 of a file with this value, in hexadecimal."""
    return hashlib.sha256(content(item, value).encode()).hexdigest()


def hunk(item: Item, found: str, wanted: str) -> list[str]:
    """The lines of a unified diff, without its header, that turn one value into another."""
    first, second, _, last, _ = content(item, wanted).split("\n")
    return ["@@ -1,4 +1,4 @@", f" {first}", f" {second}", f"-{found}", f"+{wanted}", f" {last}"]


def truths(acts: tuple[Act, ...], name: Callable[[Item], tuple[str, str]]) -> tuple[Truth, ...]:
    """The truth of each act, under the type and title that the tool has for the thing."""
    return tuple(Truth(*name(act.item), act.status, act.cause, act.is_mixed) for act in acts)
