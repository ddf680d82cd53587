"""A sample told again for the demo is another node's report at another time, in the same format."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import timedelta

import pytest

from reports.adapters.contract import Retelling
from reports.adapters.puppet import ADAPTER
from reports.run import Run
from tests.adapters.puppet_reports import sample, sample_run

ELSEWHERE = Retelling("db77.example.net", timedelta(days=-20, hours=5), "staging")
RUNS = ["http-corrected", "http-compile-failed", "http-format-4", "puppetdb-corrected", "puppetdb-pending"]


def told_again(name: str) -> Run:
    return ADAPTER.read(ADAPTER.retell(sample(name), ELSEWHERE)).runs[0]


@pytest.mark.parametrize("name", RUNS)
def test_name_times_and_identity_move_and_the_story_stays(name: str) -> None:
    before, after = sample_run(name), told_again(name)
    assert (after.node, after.environment) == ("db77.example.net", "staging")
    assert after.started_at - before.started_at == ELSEWHERE.shift
    assert before.ended_at is not None
    assert after.ended_at == before.ended_at + ELSEWHERE.shift
    assert [line.at for line in after.logs] == [line.at and line.at + ELSEWHERE.shift for line in before.logs]
    assert (after.outcome, after.counts, len(after.resources)) == (before.outcome, before.counts, len(before.resources))
    assert after.run_id != before.run_id


def test_identity_follows_from_node_and_shift() -> None:
    assert told_again("http-corrected").run_id == told_again("http-corrected").run_id
    later = dataclasses.replace(ELSEWHERE, shift=timedelta(days=-19))
    other = ADAPTER.read(ADAPTER.retell(sample("http-corrected"), later)).runs[0]
    assert other.run_id != told_again("http-corrected").run_id


def test_both_formats_told_again_are_still_one_run() -> None:
    assert told_again("http-first-build").run_id == told_again("puppetdb-first-build").run_id


def test_old_name_is_gone_and_so_is_the_short_one_of_facts() -> None:
    for name in ("http-first-build", "puppetdb-first-build", "puppetdb-facts"):
        again = ADAPTER.retell(sample(name), ELSEWHERE)
        assert b"web03.corp.example" not in again.body
    assert b'"hostname":"db77"' in again.body


def test_query_of_a_command_fits_its_body() -> None:
    again = ADAPTER.retell(sample("puppetdb-corrected"), ELSEWHERE)
    command = b'{"command":"store report","version":8,"certname":"db77.example.net","payload":' + again.body + b"}"
    assert again.query["certname"] == "db77.example.net"
    assert again.query["checksum"] == hashlib.sha1(command, usedforsecurity=False).hexdigest()
    assert again.query["producer-timestamp"].endswith("Z")


def test_checksum_of_a_real_command_is_reckoned_as_the_terminus_does() -> None:
    same = Retelling("app03.corp.example", timedelta())
    original = sample("puppetdb-facts")
    again = ADAPTER.retell(original, dataclasses.replace(same, node="web03.corp.example"))
    assert (again.body, again.query["checksum"]) == (original.body, original.query["checksum"])


def test_environment_stays_unless_another_is_wished() -> None:
    same = dataclasses.replace(ELSEWHERE, environment=None)
    assert ADAPTER.read(ADAPTER.retell(sample("http-corrected"), same)).runs[0].environment == "production"
