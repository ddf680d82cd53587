"""What a tool may say and PostgreSQL cannot hold as it is: strange times, numbers and texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reports.run import Counts, LogLevel, LogLine
from reports.store.arrived import ArrivedRun, Fate
from reports.store.ids import node_id, resource_id
from reports.store.save import save_batch
from reports.store.tables import Change, Node, Resource, Run, RunDetail
from tests.store.telling import NOW, save, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("year", "fate"), [(1, Fate.TOO_OLD), (1970, Fate.TOO_OLD), (2038, Fate.NEW), (9999, Fate.NEW)]
)
def test_no_year_is_too_strange(year: int, fate: Fate) -> None:
    strange = datetime(year, 12, 31, 23, 59, tzinfo=UTC)
    run = tell_run(at=strange - timedelta(seconds=9), ended_at=strange)
    assert save_batch([ArrivedRun(run, "main", NOW)], [], now=NOW).runs == (fate,)
    assert Run.objects.count() == (fate is Fate.NEW)


def test_a_run_that_ended_before_it_began_took_no_time() -> None:
    save(tell_run(ended_at=NOW - timedelta(hours=1)))
    assert Run.objects.get().duration_ms == 0


def test_numbers_too_large_for_a_column_stop_at_its_end() -> None:
    save(tell_run(counts=Counts(total=2**40), richness=2**40, ended_at=NOW + timedelta(days=4000)))
    run = Run.objects.get()
    assert (run.total, run.richness, run.duration_ms) == (2**31 - 1, 2**15 - 1, 2**31 - 1)


def test_nul_and_lone_surrogates_are_shown_not_dropped() -> None:
    nasty = "a\0b\ud800c\\d\te\nf\r"
    change = tell_change(nasty, old=nasty, new=nasty, message=nasty, diff=nasty)
    logs = (LogLine(LogLevel.ERROR, nasty, nasty),)
    save(tell_corrected(node=nasty, resources=(change,), logs=logs, environment=nasty, code_version=nasty))
    shown = "a\N{SYMBOL FOR NULL}b\N{REPLACEMENT CHARACTER}c\\d\te\nf\r"
    row = Change.objects.get()
    assert {row.old, row.new, row.message, row.diff, row.environment} == {shown}
    assert Resource.objects.filter(title=shown, id=row.resource_id).exists()
    assert Node.objects.get().name == shown
    assert Node.objects.get().id == node_id("main", shown) == node_id("main", nasty)
    assert RunDetail.objects.get().logs[0][1:3] == [shown, shown]


def test_titles_of_thousands_of_characters_are_kept_whole() -> None:
    title = "we <b>say</b> \N{PILE OF POO}" * 200
    save(tell_corrected(resources=(tell_change(title),)))
    assert Resource.objects.filter(title=title).exists()


def test_a_name_too_long_for_an_index_stays_its_own() -> None:
    save(tell_run("a", node="\N{PILE OF POO}" * 4000), tell_run("b", node="\N{PILE OF POO}" * 4001))
    names = list(Node.objects.order_by("name").values_list("name", flat=True))
    assert ["[4000 characters" in name for name in names] == [True, False]
    assert ["[4001 characters" in name for name in names] == [False, True]
    assert all(node_id("main", node.name) == node.id for node in Node.objects.all())


def test_a_value_too_long_to_keep_says_how_much_is_missing() -> None:
    save(tell_corrected(resources=(tell_change(new="x" * (3 << 20)),)))
    assert str(Change.objects.get().new).endswith(f"… [cut here: {2 << 20} more characters]")


def test_logs_without_end_say_how_many_lines_are_missing() -> None:
    logs = tuple(LogLine(LogLevel.INFO, "one", "x" * (200 << 10)) for _ in range(100))
    save(tell_corrected(logs=logs))
    kept = RunDetail.objects.get().logs
    assert kept[-1][2] == f"… [{100 - (len(kept) - 1)} more lines, not kept]"


def test_five_thousand_changes_of_one_run_are_kept_in_order() -> None:
    save(tell_corrected(resources=tuple(tell_change(f"/f{number}") for number in range(5000))))
    ordinals = list(Change.objects.order_by("ordinal").values_list("ordinal", "resource_id"))
    assert ordinals[-1] == (4999, resource_id("File", "/f4999"))
    assert Run.objects.get().corrective == 5000
