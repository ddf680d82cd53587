"""Which facts and packages of two nodes differ, and which of those would differ between any two? Pure."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reports.run import Json

# Words of a fact's path that say: this is a node's own, or moves by itself. Whole words, split at . _ : - and spaces.
OWN_WORDS: Final = frozenset(
    (
        *("uptime", "load", "loadavg", "loadaverages", "boottime", "idletime", "time", "timestamp", "epoch", "entropy"),
        *(
            "serial",
            "serialnumber",
            "uuid",
            "uuids",
            "machineid",
            "pid",
            "fingerprint",
            "fingerprints",
            "ssh",
            "sshkeys",
        ),
        *("mac", "macaddress", "hwaddr", "ip", "ip4", "ip6", "ipv4", "ipv6", "ipaddress", "ipaddress6"),
        *("hostname", "nodename", "machinename", "fqdn", "certname", "clientcert"),
        *("free", "used", "available", "inuse"),
    )
)
_JOINTS: Final = re.compile(r"[._:\-\s]+")
_MAC: Final = re.compile(r"[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5,19}")
_DIGEST: Final = re.compile(r"[0-9a-fA-F-]{16,}")
_KEY: Final = re.compile(r"[0-9A-Za-z+/=]{60,}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its dotted path, and its value as text."""

    tool: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Something that two nodes tell differently; None: not told. `tool` is empty for a package."""

    name: str
    a: str | None
    b: str | None
    tool: str = ""


@dataclass(frozen=True, slots=True)
class FactsApart:
    """`rows` differ; `own` do, too, and would between any two nodes; `same` are told alike. By tool and name."""

    rows: tuple[Pair, ...] = ()
    own: tuple[Pair, ...] = ()
    same: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class PackagesApart:
    """The packages that only one has or that are of two versions, by name, and how many are the same.

    `only_told_by`: "A" or "B" where the other tells of no package at all; then none is compared.
    """

    rows: tuple[Pair, ...] = ()
    same: int = 0
    only_told_by: str | None = None


def compare_facts(tool: str, a: Mapping[str, Json], b: Mapping[str, Json], *, names: tuple[str, str]) -> FactsApart:
    """The facts that one tool tells of both nodes, which go by these names."""
    first, second = dict(_leaves(a, "")), dict(_leaves(b, ""))
    rows: list[Pair] = []
    own: list[Pair] = []
    same: list[Fact] = []
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name), second.get(name)
        if name in first and name in second and one == other:
            same.append(Fact(tool, name, as_text(one)))
            continue
        texts = (as_text(one) if name in first else None, as_text(other) if name in second else None)
        of_kind = own if is_own(name, *texts, names=names) else rows
        of_kind.append(Pair(name, *texts, tool))
    return FactsApart(tuple(rows), tuple(own), tuple(same))


def join_facts(parts: Iterable[FactsApart]) -> FactsApart:
    """Those of several tools as one."""
    parts = tuple(parts)
    return FactsApart(
        tuple(pair for part in parts for pair in part.rows),
        tuple(pair for part in parts for pair in part.own),
        tuple(fact for part in parts for fact in part.same),
    )


def compare_packages(a: Mapping[str, str], b: Mapping[str, str]) -> PackagesApart:
    """By name, whatever tool told of them. A node that tells of none may well have them: nothing is said to be gone."""
    if bool(a) != bool(b):
        return PackagesApart(only_told_by="A" if a else "B")
    names = sorted(a.keys() | b.keys())
    rows = tuple(Pair(name, a.get(name), b.get(name)) for name in names if a.get(name) != b.get(name))
    return PackagesApart(rows, len(names) - len(rows))


def is_own(path: str, a: str | None, b: str | None, *, names: tuple[str, str]) -> bool:
    """Whether a fact says who a node is, or moves by itself: by a word of its path, or by the kind of both values.

    Kinds are addresses (IP, MAC), identities (UUIDs and digests of 16 digits and more), keys, and what is the same but
    for the nodes' names. What only one of the two tells is judged by its path alone.
    """
    if OWN_WORDS & {word.lower() for word in _JOINTS.split(path)}:
        return True
    if a is None or b is None:
        return False
    return (_is_identity(a) and _is_identity(b)) or _without_name(a, names[0]) == _without_name(b, names[1])


def as_text(value: Json) -> str:
    """A value as people read it: words as they are, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _leaves(told: Mapping[str, Json], prefix: str) -> Iterator[tuple[str, Json]]:
    for name, value in told.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _is_identity(text: str) -> bool:
    if any(kind.fullmatch(text) for kind in (_MAC, _DIGEST, _KEY)):
        return True
    try:
        ipaddress.ip_interface(text)
    except ValueError:
        return False
    return True


def _without_name(text: str, name: str) -> str:
    """The text without the node's name, whole or up to its first dot."""
    short = name.partition(".")[0]
    text = text.replace(name, "\0")
    return text.replace(short, "\0") if len(short) > 2 else text
