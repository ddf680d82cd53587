"""How samples are told as JSON, and kept true."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from reports.adapters.contract import Reading
from reports.adapters.discovery import adapters
from reports.adapters.samples import as_json, main, rewrite, samples
from reports.errors import UnreadableReport
from reports.run import Change, InSync, Inventory, Outcome, ResourceOutcome, Run, Status

_AT = datetime(2026, 11, 2, 6, tzinfo=UTC)
_RUN = Run(UUID(int=7), "rake", "web-01", _AT, None, Outcome.CHANGED)


def test_a_reading_is_told_by_what_differs_from_defaults() -> None:
    assert as_json(Reading(runs=(_RUN,))) == {
        "runs": [
            {
                "run_id": "00000000-0000-0000-0000-000000000007",
                "tool": "rake",
                "node": "web-01",
                "started_at": "2026-11-02T06:00:00+00:00",
                "ended_at": None,
                "outcome": "CHANGED",
            }
        ]
    }


def test_false_is_told_where_the_tool_said_it() -> None:
    change = Change("mode", None, "0644", Status.SUCCESS, corrective=False)
    run = dataclasses.replace(_RUN, resources=(ResourceOutcome("file", "/a", Status.SUCCESS, (change,)),))
    assert '"corrective": false' in json.dumps(as_json(Reading(runs=(run,))))


def test_sets_are_in_order_and_odd_text_survives_the_file() -> None:
    inventory = Inventory("rake", "web-01", _AT, facts={"\ud800": 2**70}, volatile=frozenset({"b", "a", "c"}))
    reading = Reading(inventories=(inventory,), refusals=(UnreadableReport("line 3"),))
    told = as_json(reading)
    assert json.loads(json.dumps(told, ensure_ascii=True)) == told
    assert isinstance(told, dict)
    assert told["refusals"] == ["line 3"]
    assert '"volatile": ["a", "b", "c"]' in json.dumps(told)


def test_resources_in_sync_are_rows() -> None:
    run = dataclasses.replace(_RUN, in_sync=(InSync("file", "/a", "d1"),))
    assert '"in_sync": [["file", "/a", "d1"]]' in json.dumps(as_json(Reading(runs=(run,))))


def test_what_no_reading_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        as_json(Reading(ignored=object()))  # type: ignore[arg-type]


def test_rewriting_fills_in_what_is_missing_and_tells_it_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sample = samples(adapters()[0])[0]
    folder = tmp_path / "rake" / "samples"
    folder.mkdir(parents=True)
    (folder / "one.body.json").write_bytes(sample.report.body)
    (folder / "one.expected.json").write_text(json.dumps({**sample.expected, "reading": None}))
    monkeypatch.setattr("reports.adapters.samples._ADAPTERS", tmp_path)
    adapter = dataclasses.replace(adapters()[0], tool="rake")
    assert any(line.startswith("+") for line in rewrite(adapter))
    samples.cache_clear()
    assert list(rewrite(adapter)) == []
    assert json.loads((folder / "one.expected.json").read_text()) == sample.expected


def test_body_without_its_expected_file_is_a_mistake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "make" / "samples"
    folder.mkdir(parents=True)
    (folder / "lonely.body.json").write_bytes(b"{}")
    monkeypatch.setattr("reports.adapters.samples._ADAPTERS", tmp_path)
    with pytest.raises(ValueError, match="lonely"):
        samples(dataclasses.replace(adapters()[0], tool="make"))


def test_tool_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rake"]) == 2
    assert "rake" in capsys.readouterr().err
