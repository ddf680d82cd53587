"""Every real result of the corpus against what is known to have happened on its node."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from reports.adapters.contract import Reading, Report
from reports.adapters.salt import ADAPTER
from reports.adapters.salt.moments import jid_moment
from reports.run import Outcome, Run, Status, to_milliseconds
from tests.corpus import CORPUS, manifest, needs_corpus

FILES: list[dict[str, Any]] = manifest("salt").get("files", [])
OUTCOMES = {
    "unchanged": Outcome.UNCHANGED,
    "changed": Outcome.CHANGED,
    "pending": Outcome.PENDING,
    "failed": Outcome.FAILED,
    "compile_error": Outcome.FAILED,
}
STATUSES = {
    "changed": Status.SUCCESS,
    "failed": Status.FAILED,
    "unmet": Status.SKIPPED,
    "pending": Status.PENDING,
    "pending_no_changes": Status.PENDING,
}
# Not state results in the manifest's eyes, and still something to read: copies of a run, and a salt-call that died.
RUNS_ALL_THE_SAME = (
    "runner/jobcache",
    "salt-api/rest/002",
    "sse/events/007",
    "sse/orchestrate/001",
    "sse/orchestrate/002",
    "sse/orchestrate/003",
    "salt-call/S11/008",
)
# Nodes that a command named and that did not answer it.
SILENT = (
    ("cli/ways/006-fleet-minion-did-not-return.json", "worker01.example.org"),
    ("cli/ways/007-fleet-minion-did-not-return-static.json", "worker01.example.org"),
)

pytestmark = [needs_corpus, pytest.mark.corpus]


def read(entry: dict[str, Any]) -> Reading:
    """The reading of one file as its receiver got it; what came by no HTTP is taken to arrive a little later."""
    http = entry["http"] or {"query": "", "received_at": entry.get("started_at") or "2026-11-23T20:00:00Z"}
    at = datetime.fromisoformat(http["received_at"]) + timedelta(seconds=0 if entry["http"] else 20)
    body = (CORPUS / "salt" / entry["file"]).read_bytes()
    return ADAPTER.read(Report("salt", body, at, dict(parse_qsl(http["query"])), {}))


def results(shape: str | None = None) -> list[Any]:
    """Each result of each file with its own truth: several nodes, and several jobs of one, may share a body.

    With a shape only those of which Salt is known to have returned that.
    """
    return [
        pytest.param(entry, told, node, id=f"{entry['file']} {node} {told.get('jid')}")
        for entry in FILES
        for told in entry.get("results", [entry])
        for node in (told["node"] if isinstance(told["node"], list) else [told["node"]])
        if shape is None or (told.get("reported") or {}).get("shape") == shape
    ]


def run_of(entry: dict[str, Any], told: dict[str, Any], node: str) -> Run | None:
    """The run of one result in a file's reading. The only one, where the manifest names the master as the node."""
    runs = read(entry).runs
    if node == "master":
        return runs[0] if runs else None
    jid = told.get("jid") if len(entry.get("results", ())) > 1 else None
    named = jid_moment(jid)
    found = [
        run for run in runs if run.node.startswith(node) and (named is None or run.started_at == to_milliseconds(named))
    ]
    assert len(found) <= 1
    return found[0] if found else None


def expected_outcome(told: dict[str, Any]) -> Outcome | None:
    """What must follow; where Salt itself told otherwise and the corpus says why, what Salt told."""
    status = told["truth"]["expected_status"]
    reported = told.get("reported", {}).get("status")
    return OUTCOMES.get(reported if reported in OUTCOMES else status)


@pytest.mark.parametrize(("entry", "told", "node"), results())
def test_result_has_the_outcome_that_is_known(entry: dict[str, Any], told: dict[str, Any], node: str) -> None:
    run = run_of(entry, told, node)
    if told["truth"]["expected_status"] == "not_a_state_result":
        assert (run is not None) is entry["file"].startswith(RUNS_ALL_THE_SAME)
    elif (entry["file"], node) in SILENT:
        assert run is None
    else:
        assert run is not None
        assert run.outcome == expected_outcome(told)


@pytest.mark.parametrize(("entry", "told", "node"), results(shape="states"))
def test_states_are_what_salt_reported_and_the_truth_wants(
    entry: dict[str, Any], told: dict[str, Any], node: str
) -> None:
    run, reported = run_of(entry, told, node), told["reported"]
    assert run is not None
    found = {resource.key: resource.status for resource in run.resources}
    assert run.counts.total == reported["total"]
    assert len(found) == sum(
        count for status, count in reported["counts"].items() if status not in {"unchanged", "not_run"}
    )
    for key, status in (reported["not_unchanged"] or {}).items():
        assert found.get(key) == STATUSES.get(status)  # `not_run` is no status of a resource that is told
    differing = {difference.get("key") for difference in told.get("differences", ())}
    for key, expected in told["truth"]["expected_resources"].items():
        if key not in differing and expected["outcome"] != "unchanged":
            assert found[key] == STATUSES[expected["outcome"]]


def test_same_job_of_a_node_is_one_run_by_whatever_way() -> None:
    seen: dict[tuple[str, str], set[tuple[object, datetime]]] = defaultdict(set)
    ways: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in FILES:
        for run in read(entry).runs:
            jid = next((told["jid"] for told in entry.get("results", [entry]) if told["node"] == run.node), None)
            if jid is not None and len(entry.get("results", ())) < 2:
                seen[run.node, jid].add((run.run_id, run.started_at))
                ways[run.node, jid].add(entry["way"])
    assert max(len(of_one) for of_one in ways.values()) >= 4
    assert all(len(of_one) == 1 for of_one in seen.values())


def test_whole_copy_of_a_trimmed_result_is_the_richer_one() -> None:
    by_file = {entry["file"]: read(entry).runs[0] for entry in FILES if "value-trimmed" in entry["file"]}
    trimmed = by_file["reactor/S11/004-db02-value-trimmed.json"]
    whole = by_file["returner/S11/003-db02-value-trimmed.json"]
    assert trimmed.run_id == whole.run_id
    assert whole.richness > trimmed.richness
    assert whole.resources[0].changes[0].diff is not None
    assert trimmed.resources[0].changes[0].diff is None


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["file"]) for entry in FILES if entry["http"]])
def test_run_lies_between_the_start_of_its_command_and_its_arrival(entry: dict[str, Any]) -> None:
    command_at = datetime.fromisoformat(entry["started_at"]) if entry.get("command") else None
    received_at = datetime.fromisoformat(entry["http"]["received_at"])
    for run in read(entry).runs:
        assert run.ended_at is not None
        assert run.started_at <= run.ended_at
        if "libfaketime" not in str(entry["truth"].get("note") if "truth" in entry else ""):
            assert run.ended_at <= received_at
            assert command_at is None or command_at <= run.started_at


@pytest.mark.parametrize(("entry", "told", "node"), results())
def test_run_starts_when_its_job_id_says(entry: dict[str, Any], told: dict[str, Any], node: str) -> None:
    run, named = run_of(entry, told, node), jid_moment(told.get("jid"))
    if run is not None and named is not None and entry["way"] not in {"cli", "runner"}:  # they print none
        assert run.started_at == to_milliseconds(named)


def test_nothing_of_the_corpus_is_refused() -> None:
    assert [entry["file"] for entry in FILES if read(entry).refusals] == []


def test_inventories_are_read_by_all_ways() -> None:
    entries = [entry for entry in FILES if "inventory" in entry["file"]]
    found = [read(entry).inventories for entry in entries]
    assert all(len(inventories) == 1 for inventories in found)
    assert {entry["way"] for entry in entries} == {"salt-call", "reactor", "event_return", "returner"}
