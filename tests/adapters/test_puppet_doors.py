"""Puppet's doors: what is kept, what may be dropped, and the answers that its terminus insists on."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from reports.adapters.contract import Arrival, Credential, Verdict
from reports.adapters.puppet.doors import HTTP, PUPPETDB
from reports.adapters.puppet.ways import WAYS


@pytest.mark.parametrize(
    ("command", "verdict"),
    [
        ("store_report", Verdict.KEEP),
        ("store report", Verdict.KEEP),
        ("replace_facts", Verdict.MAY_SHED),
        ("replace_catalog", Verdict.IGNORE),
        ("replace_catalog_inputs", Verdict.IGNORE),
        ("deactivate_node", Verdict.IGNORE),
        ("invented_in_puppet_9", Verdict.IGNORE),
    ],
)
def test_command_is_judged_by_its_name_wherever_it_stands(command: str, verdict: Verdict) -> None:
    assert PUPPETDB.judge(Arrival({"command": command}, {}, b"")) is verdict
    body = json.dumps({"payload": "x" * 5000, "version": 8, "command": command.replace("_9", "")})
    assert PUPPETDB.judge(Arrival({}, {}, body.encode())) is verdict


def test_command_that_cannot_be_seen_is_kept_for_the_reader() -> None:
    body = gzip.compress(b'{"command": "replace catalog"}')
    assert PUPPETDB.judge(Arrival({}, {"content-encoding": "gzip"}, body)) is Verdict.KEEP


def test_every_command_is_answered_with_a_json_object() -> None:
    assert PUPPETDB.accepted.status == 200
    assert isinstance(json.loads(PUPPETDB.accepted.body)["uuid"], str)
    assert HTTP.accepted.status == 202


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("pdb/query/v4/nodes/web01.example.org/facts", []),
        ("pdb/query/v4/resources", []),
        ("pdb/query/v4", []),
        ("pdb/meta/v1/version", {"version": "7.12.1"}),
    ],
)
def test_query_of_a_puppet_server_is_answered(path: str, answer: object) -> None:
    (found,) = (get.answer for get in PUPPETDB.gets if re.fullmatch(get.path, path))
    assert (found.status, json.loads(found.body)) == (200, answer)


def test_certificate_may_be_asked_to_speak_only_for_its_own_node() -> None:
    assert Credential.CERTIFICATE in PUPPETDB.credentials
    assert PUPPETDB.named_by == "certname"


def test_no_way_puts_a_path_behind_an_address_for_commands() -> None:
    lines = [line for way in WAYS for file in way.files for line in file.lines.splitlines()]
    urls = [line for line in lines if "@TLS_URL@" in line]
    assert urls
    assert all(line.endswith("@TLS_URL@") for line in urls)


def test_way_without_a_puppetdb_never_breaks_an_agents_run() -> None:
    for way in WAYS:
        text = "".join(file.lines for file in way.files)
        if re.search(r"^server_urls\s*= @TLS_URL@", text, re.MULTILINE):
            assert re.search(r"^soft_write_failure = true", text, re.MULTILINE)
