"""Every real Puppet report of the corpus against what was done to its node, and its two formats against each other."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any

import pytest

from reports.adapters.contract import Reading, Report
from reports.adapters.puppet import ADAPTER
from reports.run import Outcome, Run, Status
from tests.corpus import CORPUS, manifest, needs_corpus

MANIFEST = manifest("puppet")
RECEIVED_AT = datetime(2026, 11, 24, tzinfo=UTC)
OUTCOMES = {
    "failed": {Outcome.FAILED},
    "changed": {Outcome.CHANGED, Outcome.CORRECTED, Outcome.STALE_CATALOG},
    "unchanged": {Outcome.UNCHANGED, Outcome.PENDING, Outcome.STALE_CATALOG},
}

pytestmark = [pytest.mark.corpus, needs_corpus]


def read(entry: dict[str, Any]) -> Reading:
    """One stored body, by the door it came in by."""
    door = "puppet-http" if entry["format"] == "http-yaml" else "puppetdb"
    body = (CORPUS / "puppet" / entry["file"]).read_bytes()
    return ADAPTER.read(Report(door, body, RECEIVED_AT, entry["request"].get("query", {}), {}))


@pytest.fixture(scope="module")
def readings() -> dict[str, dict[str, Reading]]:
    """Run of the manifest → format or command → its reading."""
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for entry in MANIFEST["files"]:
        found[entry["run"]][entry["command"] or "http"] = read(entry)
    return found


@pytest.fixture(scope="module")
def runs(readings: dict[str, dict[str, Reading]]) -> list[tuple[str, Run]]:
    """Each report that tells of a run, with the manifest's name of that run."""
    return [(name, run) for name, kinds in readings.items() for reading in kinds.values() for run in reading.runs]


def references(run: Run, *statuses: Status) -> list[str]:
    return sorted(f"{one.type}[{one.title}]" for one in run.resources if one.status in statuses)


def corrective(run: Run, *statuses: Status) -> list[str]:
    return sorted(
        f"{one.type}[{one.title}]"
        for one in run.resources
        if one.status in statuses and any(change.corrective for change in one.changes)
    )


def changed_by_itself(run: Run) -> list[str]:
    """What was changed other than by a refresh."""
    return sorted(
        f"{one.type}[{one.title}]"
        for one in run.resources
        if any(change.status is Status.SUCCESS and not change.triggered for change in one.changes)
    )


def test_every_run_report_is_read_and_nothing_else_is(readings: dict[str, dict[str, Reading]]) -> None:
    kinds = Counter(
        (kind, len(reading.runs), len(reading.inventories), reading.ignored is not None)
        for formats in readings.values()
        for kind, reading in formats.items()
    )
    assert {key[0]: key[1:] for key in kinds} == {
        "http": (1, 0, False),
        "store_report": (1, 0, False),
        "replace_facts": (0, 1, False),
        "replace_catalog": (0, 0, True),
    }
    assert kinds["http", 1, 0, False] == kinds["store_report", 1, 0, False] > 150


def test_status_and_changes_are_as_puppet_reported_them(runs: list[tuple[str, Run]]) -> None:
    for name, run in runs:
        told = MANIFEST["runs"][name]["observed"]
        assert run.outcome in OUTCOMES[told["status"]], name
        assert references(run, Status.SUCCESS) == sorted({*told["changed"], *told["refreshed_only"]}), name
        assert references(run, Status.FAILED) == sorted({*told["failed"], *told["failed_to_restart"]}), name
        assert references(run, Status.PENDING) == sorted(told["noop_refs"]), name
        assert corrective(run, Status.SUCCESS) == sorted(set(told["corrective"]) - set(told["failed"])), name
        assert corrective(run, Status.PENDING) == sorted(told["noop_corrective"]), name


def test_changes_are_the_truth_wherever_puppet_tells_the_truth(runs: list[tuple[str, Run]]) -> None:
    agreeing = [(name, run) for name, run in runs if not MANIFEST["runs"][name]["differs"]]
    assert len(agreeing) > 250
    for name, run in agreeing:
        truth = MANIFEST["runs"][name]["truth"]
        assert run.outcome in OUTCOMES[truth["status"]], name
        expected = sorted(ref for ref, kind in truth["changes"].items() if kind != "refresh")
        assert changed_by_itself(run) == expected, name


def test_counts_are_puppets_own_and_add_up(runs: list[tuple[str, Run]]) -> None:
    for name, run in runs:
        told, counts = MANIFEST["runs"][name]["observed"], run.counts
        assert counts.total >= told["resources_total"], name
        assert counts.total == sum(dataclasses.astuple(counts)[1:]), name
        assert counts.failed == len(references(run, Status.FAILED)), name
        assert counts.skipped == len(set(told["skipped"]) - set(told["failed"])), name
        assert min(dataclasses.astuple(counts)) >= 0, name


def test_stale_catalogs_and_dry_runs_are_seen(runs: list[tuple[str, Run]]) -> None:
    for name, run in runs:
        told = MANIFEST["runs"][name]["observed"]
        is_stale = told["cached_catalog_status"] == "on_failure" and told["status"] != "failed"
        assert (run.outcome is Outcome.STALE_CATALOG) == is_stale, name
        assert (run.outcome is Outcome.PENDING) == (told["noop_pending"] and told["status"] == "unchanged"), name
        assert run.noop == told["noop"], name
        assert run.environment == told["environment"], name
        assert run.message or not is_stale, name


def test_puppet_apply_says_nothing_of_corrections(runs: list[tuple[str, Run]]) -> None:
    for name, run in runs:
        said = {change.corrective for one in run.resources for change in one.changes if not change.is_sensitive}
        if MANIFEST["runs"][name]["how"].startswith("apply"):
            assert said <= {None}, name
        else:
            assert said <= {True, False} or references(run, Status.SKIPPED), name


def test_runs_follow_each_other_in_time(runs: list[tuple[str, Run]]) -> None:
    for name, run in runs:
        assert run.ended_at is not None
        assert 0 <= (run.ended_at - run.started_at).total_seconds() < 600, name


def test_both_formats_tell_the_same_run(readings: dict[str, dict[str, Reading]]) -> None:
    pairs = 0
    for name, kinds in readings.items():
        if "http" in kinds and "store_report" in kinds:
            (yaml,), (stored,) = kinds["http"].runs, kinds["store_report"].runs
            assert common(yaml) == common(stored), name
            assert yaml.richness != stored.richness, name
            assert bool(yaml.in_sync) == (yaml.richness > 2), name
            pairs += 1
    assert pairs > 150


def common(run: Run) -> Run:
    """What both formats tell: no durations, and resources in sync or not as the site has set it."""
    resources = tuple(one._replace(duration_seconds=None) for one in run.resources)
    return dataclasses.replace(run, resources=resources, in_sync=(), richness=0)
