"""Every message of the corpus: what real clients of Chef sent, and what was done to their nodes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from reports.adapters.chef import ADAPTER
from reports.adapters.chef.door import DOOR
from reports.adapters.contract import Arrival, Reading, Report, Verdict
from reports.errors import UnreadableReport
from reports.run import InSync, Outcome, ResourceOutcome, Run, Status
from tests.corpus import CORPUS, manifest, needs_corpus

pytestmark = [needs_corpus, pytest.mark.corpus]

_MESSAGES: list[dict[str, Any]] = manifest("chef").get("messages", [])
_CLIENT = [message for message in _MESSAGES if message["origin"] == "client"]
_ENDS = [message for message in _CLIENT if message["message_type"] == "run_converge" and "truth" in message]
_PUBLIC = [message for message in _MESSAGES if message["origin"] == "public"]


def _body(message: dict[str, Any]) -> bytes:
    path: str = message["file"]
    return (CORPUS / "chef" / path).read_bytes()


def _read(message: dict[str, Any]) -> Reading:
    headers = {name.lower(): value for name, value in message.get("headers") or []}
    return ADAPTER.read(Report("chef", _body(message), datetime(2026, 11, 23, tzinfo=UTC), {}, headers))


def _run(message: dict[str, Any]) -> Run:
    """The run that a message of the manifest tells of; in a file of several, its end."""
    wanted = UUID(message["run_id"])
    runs = [run for run in _read(message).runs if run.run_id == wanted]
    (run,) = [run for run in runs if (run.outcome is not None) == (message["message_type"] == "run_converge")]
    return run


def _name(outcome: ResourceOutcome) -> str:
    return f"{outcome.type}[{outcome.title}]#{outcome.changes[0].property}"


@pytest.mark.parametrize("message", _ENDS, ids=lambda message: message["file"].removeprefix("client/")[:40])
def test_end_of_a_run_tells_what_chef_reported(message: dict[str, Any]) -> None:
    run, reported, expected = _run(message), message["reported"], _expected(message)
    assert (run.outcome is Outcome.FAILED) == (expected["status"] == "failure")
    assert run.counts.changed == _many(expected["updated"]) == reported["updated_count"]
    assert run.counts.failed == _many(expected["failed"])
    interrupted = sum(len(records) for records in reported.get("other_status", {}).values())
    assert run.counts.skipped == _many(expected["skipped"]) + _many(expected["unprocessed"]) + interrupted
    assert run.counts.total == reported["total"]
    assert run.counts.unchanged == len(run.in_sync) == reported["up_to_date"]


@pytest.mark.parametrize("message", _ENDS, ids=lambda message: message["file"].removeprefix("client/")[:40])
def test_changes_and_failures_are_those_that_were_made(message: dict[str, Any]) -> None:
    run, expected = _run(message), _expected(message)
    for status, word in ((Status.SUCCESS, "updated"), (Status.FAILED, "failed")):
        told = Counter(_name(outcome) for outcome in run.resources if outcome.status is status)
        if isinstance(expected[word], int):  # a long list is only counted
            assert sum(told.values()) == expected[word]
        else:
            assert told == Counter(expected[word])


def _expected(message: dict[str, Any]) -> dict[str, Any]:
    """The truth; where the manifest says that Chef reports otherwise, what it reported."""
    told: dict[str, Any] = message["reported"] if message["differences"] else message["truth"]["expected"]
    return told


def _many(told: list[str] | int | None) -> int:
    return told if isinstance(told, int) else len(told or ())


@pytest.mark.parametrize("message", _CLIENT, ids=lambda message: message["file"].removeprefix("client/")[:40])
def test_message_names_node_version_and_organization(message: dict[str, Any]) -> None:
    run = _run(message)
    assert run.node == message["node"]
    assert run.organization == (None if message["organization"] == "chef_solo" else message["organization"])
    assert DOOR.judge(Arrival({}, {}, _body(message))) in (Verdict.KEEP, Verdict.MAY_SHED)
    if not message["file"].endswith(".ndjson"):
        assert run.tool_version == message["chef_version"]
    moved = "environment" in (message.get("truth") or {}).get("run_kind", "")  # the manifest tells where from
    if run.environment is not None and not moved:
        assert run.environment == (message["policy"]["group"] if message["policy"] else message["environment"])


@pytest.mark.parametrize("message", _PUBLIC, ids=lambda message: message["file"].removeprefix("public/")[:40])
def test_published_message_is_treated_as_automate_does(message: dict[str, Any]) -> None:
    verdict = DOOR.judge(Arrival({}, {}, _body(message)))
    match message["what_to_do"]:
        case "accept" | "reject or accept in part":
            assert verdict in (Verdict.KEEP, Verdict.MAY_SHED)
            assert _read(message).runs
        case "answer 2xx and ignore":
            assert verdict is Verdict.IGNORE
            assert _read(message).ignored
        case _:
            assert verdict is Verdict.REJECT
            with pytest.raises(UnreadableReport):
                _read(message)


def test_published_run_is_counted_by_its_records() -> None:
    for message in _PUBLIC:
        records = Counter((message.get("reported") or {}).get("records") or {})
        if not records:
            continue
        counts = _run(message).counts
        assert (counts.changed, counts.failed, counts.unchanged) == (
            records["updated"],
            records["failed"],
            records["up-to-date"],
        )
        assert counts.skipped == records["skipped"] + records["unprocessed"]


def test_redaction_takes_every_variable_out_and_changes_no_reading() -> None:
    for message in _ENDS:
        body = _body(message)
        kept = ADAPTER.redact(body)
        assert not re.search(rb'"(variables|code)": ?[^"]', kept)
        report = Report("chef", body, datetime(2026, 11, 23, tzinfo=UTC), {}, {})
        assert ADAPTER.read(replace(report, body=kept)) == ADAPTER.read(report)


def test_digests_tell_correction_from_change_as_the_truth_does() -> None:
    """Declared as before: corrected. Declared anew over what was declared before: intended."""
    told: Counter[tuple[str, str]] = Counter()
    declared: dict[tuple[str, ...], set[str]] = {}
    for message in _ENDS:
        run, causes = _run(message), (message.get("truth") or {}).get("cause_of_updates", {})
        for outcome in run.resources:
            cause = causes.get(_name(outcome))
            if cause in ("corrective", "intentional"):
                told[cause, _judge(outcome, declared.get((run.node, outcome.type, outcome.title), set()))] += 1
        declared |= _declared(run)
    assert told == {("corrective", "corrective"): 58, ("intentional", "intentional"): 337, ("intentional", "new"): 4}


def _judge(outcome: ResourceOutcome, before: set[str]) -> str:
    if outcome.desired is None or not before:
        return "new"
    if outcome.desired in before:
        return "corrective"
    return "intentional" if outcome.found is None or outcome.found in before else "both"


def _declared(run: Run) -> dict[tuple[str, ...], set[str]]:
    """What the run declared of each resource, over all its actions."""
    declared: dict[tuple[str, ...], set[str]] = {}
    looked_at: tuple[InSync | ResourceOutcome, ...] = (*run.in_sync, *run.resources)
    for resource in looked_at:
        if resource.desired is not None:
            declared.setdefault((run.node, resource.type, resource.title), set()).add(resource.desired)
    return declared
