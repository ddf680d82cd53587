"""The brief of an incident window as plain values: what print, CSV and JSON of it are made from.

What is said in brief.py of untrusted text, days and moments holds here, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reports.weekly.brief import Counter, Definition
from reports.weekly.parts import EventLine, MessageLine, Some, Word

MOST_CHANGES: Final = 500  # lines in one brief, some fifty pages; what is left out is said on it
MOST_NOTES: Final = 20_000  # characters that a reviewer may add


@dataclass(frozen=True, slots=True)
class IncidentAbout:
    """What the brief is of. `nodes` and `query` are as the question has them; `only`: what its changes are narrowed to.

    `zone` is that of who asked, the name of an IANA zone: moments are printed in it, with UTC beside. `reviewer` is the
    login name of who asked. `cut_off`: when the newest report in the answer came in.
    """

    title: str
    since: datetime
    until: datetime  # not in it
    zone: str
    nodes: tuple[str, ...]
    query: str
    only: tuple[str, ...]
    filters: tuple[str, ...]
    matching: int
    told_at: datetime
    cut_off: datetime | None
    is_part: bool
    reviewer: str
    unknown: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class SliceLine:
    """What runs did that began in one slice of the window: changes by cause, and resources that failed."""

    since: datetime
    until: datetime
    runs: int
    corrective: int
    intended: int
    other: int
    failed: int


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """The same change on so many nodes, so many times; told of the first of them.

    `word` is its cause where it succeeded, else what became of it. `news`: what is new in it against 30 days before.
    Values and the diff are whole, or None where the tool told none or they are sensitive (`is_sensitive`).
    """

    first_at: datetime
    last_at: datetime
    nodes: int
    times: int
    node: str
    site: str
    resource: str
    property: str | None
    old: str | None
    new: str | None
    diff: str | None
    is_sensitive: bool
    word: Word
    source: str | None
    reason: str
    message: str | None
    tool: str
    environment: str | None
    code_version: str | None
    defined_at: str | None
    news: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A code version that came to nodes of one environment and tool; `before` is what the first of them had."""

    first_at: datetime
    environment: str | None
    tool: str
    before: str | None
    version: str
    nodes: int
    node: str
    site: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact or package that changed alike on so many nodes. None: was not there, or is gone."""

    first_at: datetime
    is_package: bool
    name: str
    old: str | None
    new: str | None
    nodes: int
    node: str
    site: str


@dataclass(frozen=True, slots=True)
class MomentLine:
    """A node, and when it happened to it."""

    name: str
    site: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moments:
    """Nodes to which the same happened: went silent and are so still, came back, were first heard of, were rebuilt."""

    word: Word
    nodes: Some[MomentLine]


@dataclass(frozen=True, slots=True)
class IncidentBrief:
    """All of it, in the order in which it is printed. Counters have no week before: their `before` is None.

    `notes` is what the reviewer wrote, with line breaks as written. Fleet events are of the whole fleet, whatever
    nodes are meant. `changes` are in the order of time; of more than MOST_CHANGES lines the first.
    """

    about: IncidentAbout
    notes: str
    counters: tuple[Counter, ...]
    slices: tuple[SliceLine, ...]
    versions: Some[VersionLine]
    moments: tuple[Moments, ...]
    events: Some[EventLine]
    failures: Some[MessageLine]
    facts: Some[FactLine]
    changes: Some[ChangeEntry]
    definitions: tuple[Definition, ...]
