"""What an adapter may tell of a corpus of its tool: stored reports, and what is known to be true of their changes.

A corpus is a folder with a `manifest.json` that somebody wrote who knew what had been done to each node. Its layout is
the tool's affair: a tool's folder that knows one has a `corpus.py` that defines `CORPUS: Corpus`, and `discovery.py`
finds it. Nothing of this is on the path of a report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from reports.adapters.contract import Report
from reports.run import Cause, Change, ResourceOutcome, Run

MANIFEST: Final = "manifest.json"
_FIRST_WORD: Final = re.compile(r"[\w-]+")


class Truth(NamedTuple):
    """Why a change was truly needed, in the manifest's words. No cause: none of ours, or more than one."""

    words: str
    cause: Cause | None


TruthOf: TypeAlias = Callable[[Run, ResourceOutcome, Change], Truth | None]
"""What is known of a change of a report; None where the manifest does not tell."""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A body as it came in by a door, and what is known of its changes."""

    file: Path
    door: str
    received_at: datetime
    truth: TruthOf
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> Report:
        """As its reader gets it."""
        return Report(self.door, self.file.read_bytes(), self.received_at, self.query, self.headers)


@dataclass(frozen=True, slots=True)
class Pass:
    """Reports of a whole fleet in the order in which they came. Where two doors tell the same runs, each is a pass."""

    name: str
    reports: Sequence[StoredReport]


@dataclass(frozen=True, slots=True)
class Corpus:
    """How to read the corpora of one tool, given the folder, and how much of each cause can be found in its reports."""

    passes: Callable[[Path], Iterable[Pass]]
    recall: Mapping[Cause, float]  # the least share of the true ones that is to be told


def read_manifest(folder: Path) -> dict[str, Any]:
    """What was done to the nodes, and which body tells of it."""
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    return manifest


def truth(words: str | None, causes: Mapping[str, Cause]) -> Truth | None:
    """By the first of the manifest's words; what follows it only tells more of the circumstances."""
    if words is None:
        return None
    first = _FIRST_WORD.match(words)
    return Truth(words, causes.get(first[0]) if first else None)


def moment(text: str) -> datetime:
    """A moment of a manifest; UTC where it names no offset."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
