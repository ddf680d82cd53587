"""Reads a corpus of Chef messages: one entry in `messages` for each body that a client sent.

Left out is what tells no moment at which it was sent: published examples, and what was written to a file instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from reports.adapters.chef.door import DOOR
from reports.adapters.corpora import Corpus, Pass, StoredReport, Truth, TruthOf, moment, read_manifest, truth
from reports.run import Cause, Change, ResourceOutcome, Run

_CAUSES: Final = {
    "initial": Cause.FIRST_BUILD,
    "intentional": Cause.INTENDED,
    "corrective": Cause.CORRECTIVE,
    "non-idempotent": Cause.REPEATED,
    "notified": Cause.TRIGGERED,
}


def passes(folder: Path) -> Iterator[Pass]:
    """All that clients sent, by their own clocks."""
    reports = [
        StoredReport(
            file=folder / message["file"],
            door=DOOR.name,
            received_at=moment(message["clock"]),
            truth=_truth_of(message),
            headers={name.lower(): value for name, value in message["headers"] or ()},
        )
        for message in read_manifest(folder)["messages"]
        if message["origin"] == "client" and message.get("clock")
    ]
    yield Pass("data collector", reports)


def _truth_of(message: Mapping[str, Any]) -> TruthOf:
    words: Mapping[str, str] = (message.get("truth") or {}).get("cause_of_updates") or {}

    def truth_of(_run: Run, resource: ResourceOutcome, change: Change) -> Truth | None:
        return truth(words.get(f"{resource.type}[{resource.title}]#{change.property}"), _CAUSES)

    return truth_of


CORPUS = Corpus(passes, recall={Cause.CORRECTIVE: 0.97, Cause.INTENDED: 0.97})
