"""Reads a corpus of Salt results: one entry in `files` for each body, with one or several results in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from reports.adapters.corpora import Corpus, Pass, StoredReport, Truth, TruthOf, moment, read_manifest, truth
from reports.adapters.salt.door import DOOR
from reports.adapters.salt.moments import jid_moment
from reports.run import Cause, Change, ResourceOutcome, Run, to_milliseconds

_CAUSES: Final = {
    "initial": Cause.FIRST_BUILD,
    "definition": Cause.INTENDED,
    "drift": Cause.CORRECTIVE,
    "non_idempotent": Cause.REPEATED,
    **dict.fromkeys(("watch", "onchanges", "prereq", "onfail"), Cause.TRIGGERED),
    **dict.fromkeys(("watch_of_drift", "onchanges_of_drift", "prereq_of_drift"), Cause.TRIGGERED),
}
_MASTER: Final = "master"  # who ran it, where the entry does not say for which nodes
_TOOK: Final = timedelta(seconds=20)  # about, where nobody wrote down when it arrived


def passes(folder: Path) -> Iterator[Pass]:
    """All ways together, as they arrived: the copies that two ways bring of one run count once."""
    files = read_manifest(folder)["files"]
    arrivals = {entry["file"]: at for entry in files if (at := _arrival(entry)) is not None}
    last = max(arrivals.values(), default=datetime.now(UTC))
    reports = [
        StoredReport(
            file=folder / entry["file"],
            door=DOOR.name,
            received_at=arrivals.get(entry["file"], last),
            truth=_truth_of(entry.get("results", [entry])),
            query=dict(parse_qsl(entry["http"]["query"])) if entry["http"] else {},
        )
        for entry in files
    ]
    yield Pass("all ways", sorted(reports, key=_received_at))


def _received_at(report: StoredReport) -> datetime:
    return report.received_at


def _arrival(entry: Mapping[str, Any]) -> datetime | None:
    if entry["http"]:
        return moment(entry["http"]["received_at"])
    started_at = entry.get("started_at")
    return moment(started_at) + _TOOK if started_at else None


def _truth_of(results: Sequence[Mapping[str, Any]]) -> TruthOf:
    def truth_of(run: Run, resource: ResourceOutcome, _change: Change) -> Truth | None:
        of_node = [result for result in results if _names(result["node"], run.node)]
        told = next((one for one in of_node if len(of_node) == 1 or _is_of(one, run)), None)
        words = told["truth"]["expected_resources"].get(resource.key, {}) if told else {}
        return truth(words.get("cause"), _CAUSES)

    return truth_of


def _names(told: str | Sequence[str], node: str) -> bool:
    return told in (node, _MASTER) if isinstance(told, str) else node in told


def _is_of(result: Mapping[str, Any], run: Run) -> bool:
    at = jid_moment(result.get("jid"))
    return at is not None and to_milliseconds(at) == run.started_at


# The first change ever told of a file looks the same for drift as for a new definition: see docs/causes.md.
CORPUS = Corpus(passes, recall={Cause.CORRECTIVE: 0.9, Cause.INTENDED: 0.7})
