"""The reader: which door takes what, refusals in words, and no other exception whatever the bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.adapters.contract import Reading, Report
from reports.adapters.puppet import ADAPTER
from reports.errors import UnreadableReport
from tests.adapters.puppet_reports import command, http, sample, sample_run, with_body, yaml_text

STORED = json.loads(sample("puppetdb-corrected").body)
NODE = STORED["certname"]


def test_same_run_by_both_doors_is_one_run_and_yaml_is_richer() -> None:
    yaml, stored = sample_run("http-first-build"), sample_run("puppetdb-first-build")
    assert yaml.run_id == stored.run_id
    assert yaml.richness > stored.richness


def test_json_at_the_door_for_yaml_is_told_where_it_belongs() -> None:
    with pytest.raises(UnreadableReport, match=r"puppetdb\.conf"):
        ADAPTER.read(http(sample("puppetdb-corrected").body))


@pytest.mark.parametrize("name", [None, "store_report"])
def test_yaml_at_the_door_for_commands_is_told_where_it_belongs(name: str | None) -> None:
    with pytest.raises(UnreadableReport, match="reporturl"):
        ADAPTER.read(command(name, sample("http-corrected").body))


def test_body_must_speak_of_the_node_in_the_query() -> None:
    with pytest.raises(UnreadableReport, match=r"certname 'other\.example\.org'"):
        ADAPTER.read(command("store_report", STORED, certname="other.example.org"))
    with pytest.raises(UnreadableReport, match="certname"):
        ADAPTER.read(command("replace_facts", {"certname": NODE, "values": {}}, certname="other.example.org"))


@pytest.mark.parametrize("payload", [STORED, json.dumps(STORED)])
def test_command_of_an_old_terminus_stands_in_the_body(payload: object) -> None:
    wrapped = {"command": "store report", "version": 8, "payload": payload}
    assert ADAPTER.read(command(None, wrapped)) == ADAPTER.read(sample("puppetdb-corrected"))


def test_body_that_names_no_command_is_refused() -> None:
    with pytest.raises(UnreadableReport, match="names a PuppetDB command"):
        ADAPTER.read(command(None, {}))


def test_other_commands_are_ignored_unread() -> None:
    assert ADAPTER.read(command("replace_catalog", b"\xff")).ignored == "PuppetDB command 'replace_catalog'"
    assert ADAPTER.read(command(None, {"command": "deactivate node"})).ignored


def test_inspect_report_of_puppet_3_is_ignored() -> None:
    assert ADAPTER.read(http(yaml_text(kind="inspect"))).ignored


@pytest.mark.parametrize("report", [http(yaml_text(host=" ")), command("store_report", {**STORED, "certname": ""})])
def test_report_of_nobody_is_refused(report: Report) -> None:
    with pytest.raises(UnreadableReport, match="names no node"):
        ADAPTER.read(report)


def test_half_a_surrogate_pair_is_shown_as_one_odd_character() -> None:
    body = json.dumps({**STORED, "environment": "a\ud83d"}).encode()
    assert ADAPTER.read(command("store_report", body)).runs[0].environment == "a\ufffd"
    body = json.dumps({**STORED, "environment": "a"}).encode().replace(b'"a"', b'"a\xff"')
    assert ADAPTER.read(command("store_report", body)).runs[0].environment == "a\ufffd"


def test_byte_that_is_no_character_is_shown_as_one_wherever_it_stands() -> None:
    body = sample("puppetdb-corrected").body.replace(b'"old_value":"', b'"old_value":"\xff')
    run = ADAPTER.read(command("store_report", body)).runs[0]
    assert all((change.old or "").startswith("\ufffd") for one in run.resources for change in one.changes)
    wrapped = json.dumps({"command": "store report", "payload": "X"}).encode().replace(b"X", b"\xff")
    with pytest.raises(UnreadableReport):
        ADAPTER.read(command(None, wrapped))


def test_nul_is_handed_on_for_the_store_to_replace() -> None:
    assert ADAPTER.read(command("store_report", {**STORED, "environment": "a\0"})).runs[0].environment == "a\0"


def test_endlessly_nested_json_is_refused() -> None:
    for body in (b"[" * 200_000, b'{"certname": "a", "values": ' + b'{"a": ' * 200_000):
        for name in ("store_report", "replace_facts", None):
            with pytest.raises(UnreadableReport):
                ADAPTER.read(command(name, body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PLACES = st.lists(st.integers(0, 60), min_size=1, max_size=4)


def altered(value: Any, places: list[int], other: object) -> object:  # noqa: ANN401 - any JSON
    """The JSON with one place, found by walking along `places`, replaced."""
    if not places or not isinstance(value, (dict, list)) or not value:
        return other
    keys = sorted(value) if isinstance(value, dict) else range(len(value))
    key = keys[places[0] % len(value)]
    inner = altered(value[key], places[1:], other)
    if isinstance(value, dict):
        return {**value, key: inner}
    return [inner if at == key else item for at, item in enumerate(value)]


def read_or_refuse(report: Report) -> None:
    try:
        assert isinstance(ADAPTER.read(report), Reading)
    except UnreadableReport as refusal:
        assert str(refusal)


@given(PLACES, JSON)
def test_command_with_any_value_anywhere_is_read_or_refused(places: list[int], other: object) -> None:
    read_or_refuse(command("store_report", altered(STORED, places, other)))
    read_or_refuse(command("replace_facts", altered(json.loads(sample("puppetdb-facts").body), places, other)))


@given(st.data())
def test_yaml_with_any_bytes_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    body = sample("http-format-4").body
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 80)))
    read_or_refuse(http(body[:start] + data.draw(st.binary(max_size=12)) + body[end:]))


@given(st.sampled_from(["http-corrected", "puppetdb-corrected", "puppetdb-facts"]), st.data())
def test_report_with_any_bytes_anywhere_is_read_or_refused(name: str, data: st.DataObject) -> None:
    body = sample(name).body
    at = data.draw(st.integers(0, len(body)))
    read_or_refuse(with_body(sample(name), body[:at] + data.draw(st.binary(max_size=6)) + body[at:]))


@given(st.integers(0, 6000), st.sampled_from(["http-corrected", "puppetdb-corrected", "puppetdb-facts"]))
def test_report_cut_short_is_read_or_refused(length: int, name: str) -> None:
    read_or_refuse(with_body(sample(name), sample(name).body[:length]))
