"""Reads a corpus of Puppet reports: one entry in `runs` for each run, one in `files` for each body of it.

The same runs are told twice, by YAML and by PuppetDB commands, and each way must do alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from reports.adapters.corpora import Corpus, Pass, StoredReport, Truth, TruthOf, moment, read_manifest, truth
from reports.adapters.puppet.doors import HTTP, PUPPETDB
from reports.run import Cause, Change, ResourceOutcome, Run

_CAUSES: Final = {
    "initial": Cause.FIRST_BUILD,
    "intentional": Cause.INTENDED,
    "corrective": Cause.CORRECTIVE,
    "nonidempotent": Cause.REPEATED,
    "refresh": Cause.TRIGGERED,
}
_YAML: Final = "http-yaml"
_SENT_AT: Final = "producer-timestamp"  # PuppetDB commands alone say when they were sent


def passes(folder: Path) -> Iterator[Pass]:
    """By YAML alone, and by PuppetDB alone with its facts."""
    manifest = read_manifest(folder)
    files = manifest["files"]
    queries = {entry["file"]: entry["request"].get("query", {}) for entry in files}
    sent = {entry["run"]: moment(query[_SENT_AT]) for entry in files if _SENT_AT in (query := queries[entry["file"]])}
    last = max(sent.values(), default=datetime.now(UTC))
    for name, door, is_yaml in (("YAML", HTTP, True), ("PuppetDB", PUPPETDB, False)):
        reports = [
            StoredReport(
                file=folder / entry["file"],
                door=door.name,
                received_at=sent.get(entry["run"], last),
                truth=_truth_of(manifest["runs"][entry["run"]]),
                query=queries[entry["file"]],
            )
            for entry in files
            if (entry["format"] == _YAML) is is_yaml
        ]
        yield Pass(name, reports)


def _truth_of(run: Mapping[str, Any]) -> TruthOf:
    words: Mapping[str, str] = run["truth"]["changes"]

    def truth_of(_run: Run, resource: ResourceOutcome, _change: Change) -> Truth | None:
        return truth(words.get(f"{resource.type}[{resource.title}]"), _CAUSES)

    return truth_of


CORPUS = Corpus(passes, recall={Cause.CORRECTIVE: 0.97, Cause.INTENDED: 0.97})
