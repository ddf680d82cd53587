"""What every adapter promises, tried on its own samples: a reading or a clear refusal, whatever the bytes."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from itertools import chain

import pytest

from reports.adapters.contract import Adapter, Credential, Door, Reading, Report, Retelling
from reports.adapters.discovery import adapters, doors
from reports.adapters.samples import Sample, outcome_of, samples
from reports.errors import UnreadableReport
from tests.adapters.damage import cut_short, damaged

_PLACEHOLDERS = {"@URL@", "@TLS_URL@", "@HOST@", "@SCHEME@", "@SENDER@", "@TOKEN@"}
_ADAPTERS = [pytest.param(adapter, id=adapter.tool) for adapter in adapters()]
_DOORS = [pytest.param(door, id=name) for name, (_adapter, door) in doors().items()]
_PAIRS = [(adapter, sample) for adapter in adapters() for sample in samples(adapter)]
_SAMPLES = [pytest.param(*pair, id=f"{pair[1].tool}-{pair[1].name}") for pair in _PAIRS]
_TOLD = [param for pair, param in zip(_PAIRS, _SAMPLES, strict=True) if "refused" not in pair[1].expected["reading"]]
_ELSEWHERE = Retelling(node="told-again.example.org", shift=timedelta(days=-9, hours=3), environment="staging")


def _read_or_refuse(adapter: Adapter, report: Report, bodies: Iterable[bytes]) -> None:
    for body in bodies:
        try:
            reading = adapter.read(dataclasses.replace(report, body=body))
        except UnreadableReport as refusal:
            assert str(refusal), "a refusal says what is wrong"
        else:
            assert isinstance(reading, Reading)
            assert reading.runs or reading.inventories or reading.ignored or reading.refusals


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_sample_reads_as_expected(adapter: Adapter, sample: Sample) -> None:
    found = outcome_of(adapter, sample.report)
    assert json.loads(json.dumps(found)) == sample.expected["reading"]


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_sample_cut_short_is_read_or_refused(adapter: Adapter, sample: Sample) -> None:
    _read_or_refuse(adapter, sample.report, cut_short(sample.report.body))


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_damaged_sample_is_read_or_refused(adapter: Adapter, sample: Sample) -> None:
    _read_or_refuse(adapter, sample.report, damaged(sample.report.body))


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_sample_without_its_query_and_headers_is_read_or_refused(adapter: Adapter, sample: Sample) -> None:
    bare = dataclasses.replace(sample.report, query={}, headers={})
    _read_or_refuse(adapter, bare, [bare.body])


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_redacted_sample_tells_the_same(adapter: Adapter, sample: Sample) -> None:
    kept = dataclasses.replace(sample.report, body=adapter.redact(sample.report.body))
    assert outcome_of(adapter, kept) == outcome_of(adapter, sample.report)


@pytest.mark.parametrize(("adapter", "sample"), _SAMPLES)
def test_redaction_takes_damaged_bytes_too(adapter: Adapter, sample: Sample) -> None:
    for body in chain(cut_short(sample.report.body, 6), damaged(sample.report.body, 6)):
        assert isinstance(adapter.redact(body), bytes)


@pytest.mark.parametrize(("adapter", "sample"), _TOLD)
def test_told_again_a_run_is_another_nodes_at_another_time(adapter: Adapter, sample: Sample) -> None:
    told = adapter.read(sample.report).runs
    runs = [run for run in told if run.node == told[0].node]  # of a body about several nodes, the first one's part
    again = adapter.read(adapter.retell(sample.report, _ELSEWHERE)).runs
    assert len(again) == len(runs)
    for before, after in zip(runs, again, strict=True):
        assert after.node == _ELSEWHERE.node
        assert after.started_at - before.started_at == _ELSEWHERE.shift
        assert after.run_id != before.run_id
        assert (after.outcome, after.counts) == (before.outcome, before.counts)


@pytest.mark.parametrize(("adapter", "sample"), _TOLD)
def test_told_again_in_the_same_way_it_is_the_same_run(adapter: Adapter, sample: Sample) -> None:
    once, twice = (adapter.read(adapter.retell(sample.report, _ELSEWHERE)) for _ in range(2))
    assert once == twice


@pytest.mark.parametrize("adapter", _ADAPTERS)
def test_a_machine_to_be_told_of_is_told_by_some_report_of_every_tool_and_by_none_another(adapter: Adapter) -> None:
    """So that a node that is built again in the demo begins a new life, whichever tool it is of."""
    retelling = dataclasses.replace(_ELSEWHERE, machine="4c4c4544-0042-3510-8051-b4c04f583332")
    machines = set()
    for sample in samples(adapter):
        if "refused" not in sample.expected["reading"]:
            reading = adapter.read(adapter.retell(sample.report, retelling))
            machines |= {run.machine for run in reading.runs} | {told.machine for told in reading.inventories}
    assert machines - {None} == {retelling.machine}


@pytest.mark.parametrize("adapter", _ADAPTERS)
def test_an_adapter_has_samples(adapter: Adapter) -> None:
    assert samples(adapter)
    assert all(sample.story == sample.story.lower().strip() != "" for sample in samples(adapter))


@pytest.mark.parametrize("adapter", _ADAPTERS)
@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"null", b"- ", b"1e999"]
)
def test_nonsense_is_read_or_refused_at_every_door(adapter: Adapter, body: bytes) -> None:
    for sample in samples(adapter)[:1]:
        for door in adapter.doors:
            _read_or_refuse(adapter, dataclasses.replace(sample.report, door=door.name), [body])


@pytest.mark.parametrize("adapter", _ADAPTERS)
def test_setup_lines_hold_only_known_placeholders(adapter: Adapter) -> None:
    lines = "\n".join(file.lines for way in adapter.ways for file in way.files)
    assert adapter.ways
    assert set(re.findall(r"@[A-Z_]+@", lines)) <= _PLACEHOLDERS
    assert re.search(r"@(URL|TLS_URL|HOST)@", lines), "the lines name this server"


def test_names_and_paths_of_doors_are_unique() -> None:
    every = [door for adapter in adapters() for door in adapter.doors]
    paths = Counter(path for door in every for path in door.paths)
    names = Counter(door.name for door in every)
    assert {*paths.values(), *names.values()} == {1}
    assert len({adapter.tool for adapter in adapters()}) == len(adapters())


@pytest.mark.parametrize("door", _DOORS)
def test_a_door_is_reached_with_and_without_a_slash_at_the_end(door: Door) -> None:
    assert door.paths
    assert all(not path.startswith("/") for path in door.paths)
    assert {path.rstrip("/") for path in door.paths} == {path for path in door.paths if not path.endswith("/")}
    assert {f"{path.rstrip('/')}/" for path in door.paths} == {path for path in door.paths if path.endswith("/")}


@pytest.mark.parametrize("door", _DOORS)
def test_a_door_says_where_its_token_is(door: Door) -> None:
    assert door.credentials
    assert (door.token_header is not None) == (Credential.HEADER in door.credentials)
    assert all(header == header.lower() for header in (*door.keeps_headers, door.token_header or ""))


@pytest.mark.parametrize("door", _DOORS)
def test_the_answers_of_a_door_are_successes(door: Door) -> None:
    answers = [door.accepted, *(get.answer for get in door.gets)]
    assert all(200 <= answer.status < 300 for answer in answers[:1])
    assert all(json.loads(answer.body) is not None for answer in answers if answer.content_type == "application/json")
