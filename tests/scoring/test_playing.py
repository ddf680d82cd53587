"""Stored reports go the way of all reports, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reports.adapters.contract import Adapter, Reading, Report
from reports.adapters.corpora import Pass, StoredReport, Truth
from reports.adapters.discovery import adapters
from reports.run import Cause, Change, InSync, Outcome, ResourceOutcome, Run, Status
from reports.scoring.playing import play
from reports.store.tables import Node, Resource
from reports.store.tables import Run as RunRow
from tests.store.telling import NOW, save, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - timedelta(days=4000)


def known(_run: Run, _resource: ResourceOutcome, _change: Change) -> Truth:
    return Truth("drift", Cause.CORRECTIVE)


def tool_of(runs: dict[str, Run]) -> Adapter:
    """A tool whose reports hold nothing but the name of the run to read from them."""

    def read(report: Report) -> Reading:
        return Reading(runs=(runs[report.body.decode()],))

    return replace(adapters()[0], read=read)


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Pass]:
    def keep(*names: str) -> Pass:
        for name in names:
            (tmp_path / name).write_text(name)
        return Pass("all", [StoredReport(tmp_path / name, "door", LONG_AGO, known) for name in names])

    return keep


def tell_drift(word: str, *, hours: int, **more: Any) -> Run:  # noqa: ANN401 - as many types as fields
    return tell_corrected(word, at=LONG_AGO + timedelta(hours=hours), **more)


def partitions() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def test_the_causes_judged_are_those_of_the_whole_path_however_old_the_reports(stored: Callable[..., Pass]) -> None:
    built = tell_run("built", at=LONG_AGO, in_sync=(InSync("File", "/etc/motd"),))
    runs = {"built": built, "drift": tell_drift("drift", hours=1)}
    (judged,) = play(tool_of(runs), stored("drift", "built"))  # out of order, too
    assert (judged.truth, judged.told) == (Truth("drift", Cause.CORRECTIVE), Cause.CORRECTIVE)
    assert "File[/etc/motd] content" in judged.place


def test_nothing_stays(stored: Callable[..., Pass]) -> None:
    before = partitions()
    play(tool_of({"drift": tell_drift("drift", hours=1)}), stored("drift"))
    assert partitions() == before
    assert not Node.objects.exists()
    assert not RunRow.objects.exists()
    assert not Resource.objects.exists()


def test_what_was_played_can_be_played_again(stored: Callable[..., Pass]) -> None:
    """What the process remembers to have stored was rolled back."""
    tool = tool_of({"drift": tell_drift("drift", hours=1)})
    assert play(tool, stored("drift")) == play(tool, stored("drift")) != []


def test_a_node_of_the_same_name_that_is_there_for_real_is_no_evidence(stored: Callable[..., Pass]) -> None:
    drift = tell_drift("drift", hours=1)
    alone = play(tool_of({"drift": drift}), stored("drift"))
    save(replace(tell_run("real", at=LONG_AGO), in_sync=()), site="main", now=LONG_AGO)
    assert play(tool_of({"drift": drift}), stored("drift")) == alone
    assert RunRow.objects.count() == 1


def test_of_two_reports_of_one_run_the_richer_is_judged(stored: Callable[..., Pass]) -> None:
    rich = tell_drift("drift", hours=1, richness=2)
    poor = replace(rich, resources=(*rich.resources, tell_change("/b")), richness=1)
    assert len(play(tool_of({"poor": poor, "rich": rich}), stored("poor", "rich"))) == 1
    assert len(play(tool_of({"poor": poor, "rich": rich}), stored("rich", "poor"))) == 1


def test_what_failed_or_is_still_to_come_is_not_judged(stored: Callable[..., Pass]) -> None:
    failed = tell_drift("failed", hours=1, outcome=Outcome.FAILED)
    changes = tuple(one._replace(changes=(one.changes[0]._replace(status=Status.FAILED),)) for one in failed.resources)
    assert play(tool_of({"failed": replace(failed, resources=changes)}), stored("failed")) == []


def test_a_pass_without_runs_is_judged_without_a_word(stored: Callable[..., Pass]) -> None:
    assert play(tool_of({}), stored()) == []
