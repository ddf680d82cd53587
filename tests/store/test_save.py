"""Report in, rows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from reports.run import Cause, CauseSource, Counts, LogLevel, LogLine, Outcome, Status
from reports.store.arrived import ArrivedRun, Fate
from reports.store.ids import machine_id, node_id, resource_id
from reports.store.rows import NOT_EXPLAINED
from reports.store.save import save_batch
from reports.store.tables import Change, Node, Resource, ResourceSet, Run, RunDetail, StaleDay, StaleHour
from tests.store.telling import NOW, arrive, run_id, save, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db


class _Counter:
    """Counts statements, COPY aside, which Django does not see."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, execute: Callable[..., object], *arguments: object) -> object:
        self.seen += 1
        return execute(*arguments)


def test_an_unchanged_run_becomes_one_row_and_no_detail() -> None:
    assert save(tell_run(code_version="abc", machine="m-1")).runs == (Fate.NEW,)
    run = Run.objects.get()
    assert (run.node_id, run.at, run.id) == (node_id("main", "web1"), NOW, run_id("run"))
    assert (run.received_at, run.claimed_at, run.duration_ms) == (NOW + timedelta(seconds=5), None, 2500)
    assert (run.total, run.unchanged, run.changed, run.corrective, run.unknown) == (2, 2, None, None, None)
    assert (run.outcome, run.noop, run.tool, run.environment) == (Outcome.UNCHANGED, False, "one", "production")
    assert (run.code_version, run.machine_id) == ("abc", machine_id("m-1"))
    assert not RunDetail.objects.exists()
    assert not Change.objects.exists()


def test_a_corrected_run_keeps_its_change_with_cause_and_reason() -> None:
    save(tell_corrected())
    change = Change.objects.get()
    assert (change.resource_id, change.run_id, change.ordinal) == (
        resource_id("File", "/etc/motd"),
        run_id("run"),
        0,
    )
    assert (change.property, change.old, change.new, change.status) == ("content", "x", "y", Status.SUCCESS)
    assert (change.cause, change.cause_source, change.said_corrective) == (Cause.CORRECTIVE, CauseSource.TOOL, True)
    assert change.reason.startswith("The agent flagged")
    assert (change.defined_at, change.tool, change.environment) == ("site:7", "one", "production")
    assert Resource.objects.get(pk=change.resource_id).title == "/etc/motd"


def test_a_run_counts_by_cause_what_succeeded_alone() -> None:
    failed = tell_change("/b", status=Status.FAILED)
    pending = tell_change("/c", status=Status.PENDING)
    intended = tell_change("/d", corrective=False)
    unsaid = tell_change("/e", corrective=None)
    save(tell_corrected(resources=(tell_change("/a"), failed, pending, intended, unsaid)))
    run = Run.objects.get()
    assert (run.corrective, run.intended, run.unknown, run.triggered) == (1, 1, 1, 0)
    assert Change.objects.count() == 5


def test_second_copy_of_a_report_is_ignored() -> None:
    save(tell_corrected())
    assert save(tell_corrected()).runs == (Fate.DUPLICATE,)
    assert (Run.objects.count(), Change.objects.count(), RunDetail.objects.count()) == (1, 1, 1)


def test_copies_within_one_batch_count_once() -> None:
    run = tell_corrected()
    assert save(run, run, tell_run("other")).runs == (Fate.NEW, Fate.DUPLICATE, Fate.NEW)
    assert Run.objects.count() == 2


@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "one after the other"])
@pytest.mark.parametrize("richer_first", [True, False], ids=["richer first", "poorer first"])
def test_the_richer_report_of_a_run_wins_whichever_comes_first(*, at_once: bool, richer_first: bool) -> None:
    richer = tell_corrected(richness=2, at=NOW - timedelta(days=1))
    poorer = tell_run(richness=1)
    both = (richer, poorer) if richer_first else (poorer, richer)
    if at_once:
        save(*both)
    else:
        fates = [save(one).runs[0] for one in both]
        assert fates == [Fate.NEW, Fate.DUPLICATE if richer_first else Fate.REPLACED]
    run = Run.objects.get()
    assert (run.richness, run.at, run.outcome) == (2, richer.started_at, Outcome.CORRECTED)
    assert (Change.objects.count(), RunDetail.objects.count()) == (1, 1)


def test_a_replaced_run_leaves_nothing_behind_and_marks_both_days() -> None:
    save(tell_corrected(at=NOW - timedelta(days=1), resources=(tell_change("/a"), tell_change("/b"))))
    save(tell_run(richness=2))
    assert not Change.objects.exists()
    assert not RunDetail.objects.exists()
    days = set(StaleDay.objects.values_list("day", flat=True))
    assert days == {NOW.date(), (NOW - timedelta(days=1)).date()}


def test_the_same_id_on_another_node_is_another_run() -> None:
    assert save(tell_run(node="web1"), tell_run(node="web2")).runs == (Fate.NEW, Fate.NEW)
    assert save(tell_run(node="web3")).runs == (Fate.NEW,)
    assert Run.objects.count() == 3


def test_one_name_in_two_sites_is_two_nodes() -> None:
    save(tell_run(), site="main")
    save(tell_run(), site="plant")
    assert set(Node.objects.values_list("site", "name")) == {("main", "web1"), ("plant", "web1")}
    assert Run.objects.count() == 2


def test_two_tools_of_one_site_speak_of_one_node() -> None:
    save(tell_run("a", tool="one"), tell_run("b", tool="two"))
    assert Node.objects.count() == 1


def test_a_run_under_way_is_stored_and_its_end_takes_its_place() -> None:
    save(tell_run(outcome=None, ended_at=None, richness=0, in_sync=(), counts=Counts()))
    run = Run.objects.get()
    assert (run.outcome, run.duration_ms) == (None, None)
    assert save(tell_corrected(richness=1)).runs == (Fate.REPLACED,)
    assert Run.objects.get().outcome == Outcome.CORRECTED


def test_a_node_remembers_its_first_and_last_sight_in_any_order() -> None:
    save(tell_run("new"), tell_run("old", at=NOW - timedelta(days=2)))
    save(tell_run("older", at=NOW - timedelta(days=3)))
    node = Node.objects.get()
    assert (node.first_seen_at, node.last_seen_at) == (NOW - timedelta(days=3), NOW + timedelta(seconds=5))


def test_an_unchanged_run_keeps_only_warnings_and_worse() -> None:
    logs = (LogLine(LogLevel.NOTICE, "one", "all well"), LogLine(LogLevel.WARNING, "one", "old syntax", NOW))
    save(tell_run("quiet", logs=logs[:1], timings=(("total", 1.5),)), tell_run("warned", logs=logs))
    detail = RunDetail.objects.get()
    assert (detail.run_id, detail.logs) == (
        run_id("warned"),
        [[int(LogLevel.WARNING), "one", "old syntax", NOW.isoformat()]],
    )


def test_an_eventful_run_keeps_all_it_told() -> None:
    logs = (LogLine(LogLevel.DEBUG, "one", "looking"), LogLine(LogLevel.ERROR, "one", "no"))
    save(tell_corrected(logs=logs, timings=(("total", 1.5),), message="why", tool_version="9.1"))
    detail = RunDetail.objects.get()
    assert [line[2] for line in detail.logs] == ["looking", "no"]
    assert (detail.timings, detail.message, detail.tool_version) == ([["total", 1.5]], "why", "9.1")


def test_a_clock_ahead_of_ours_is_ordered_by_arrival() -> None:
    ahead = tell_run("ahead", at=NOW + timedelta(hours=3))
    save_batch([ArrivedRun(ahead, "main", NOW)], [], now=NOW)
    run = Run.objects.get()
    assert (run.at, run.claimed_at) == (NOW, NOW + timedelta(hours=3))
    assert save_batch([ArrivedRun(ahead, "main", NOW + timedelta(hours=1))], [], now=NOW).runs == (Fate.DUPLICATE,)


def test_ten_minutes_ahead_are_still_believed() -> None:
    run = tell_run(at=NOW + timedelta(minutes=10))
    save_batch([ArrivedRun(run, "main", NOW)], [], now=NOW)
    assert Run.objects.get().at == NOW + timedelta(minutes=10)


def test_a_run_older_than_retention_is_told_so_and_leaves_nothing() -> None:
    fates = save(tell_run("old", at=NOW - timedelta(days=91)), tell_run("kept", at=NOW - timedelta(days=89))).runs
    assert fates == (Fate.TOO_OLD, Fate.NEW)
    assert Run.objects.get().id == run_id("kept")


def test_runs_that_look_at_the_same_resources_share_one_set() -> None:
    quiet = tell_run("a")
    corrected = tell_corrected("b", resources=(tell_change("/b"),), in_sync=quiet.in_sync[:1])
    turned = tell_run("c", in_sync=quiet.in_sync[::-1])
    save(quiet, corrected, turned)
    resource_set = ResourceSet.objects.get()
    assert resource_set.resource_ids == sorted([resource_id("File", "/a"), resource_id("File", "/b")])
    assert set(Run.objects.values_list("resource_set_id", flat=True)) == {resource_set.id}
    assert Resource.objects.count() == 2


def test_a_tool_that_lists_only_what_it_changed_has_no_set() -> None:
    save(tell_corrected(in_sync=()))
    assert Run.objects.get().resource_set_id is None
    assert Resource.objects.count() == 1


def test_saving_marks_the_day_of_the_node_and_the_hour_of_the_fleet() -> None:
    save(tell_run("a"), tell_run("b", at=NOW + timedelta(minutes=5)))
    save(tell_run("c"))
    assert StaleDay.objects.get().marks == 2
    assert (StaleHour.objects.get().hour, StaleHour.objects.get().marks) == (NOW, 2)


def test_a_duplicate_marks_nothing() -> None:
    save(tell_run())
    StaleDay.objects.all().delete()
    StaleHour.objects.all().delete()
    save(tell_run())
    assert not StaleDay.objects.exists()
    assert not StaleHour.objects.exists()


def test_a_batch_that_fails_leaves_nothing_and_can_be_saved_after() -> None:
    good = arrive(tell_corrected())
    bad = arrive(tell_run("bad", outcome=99))  # the table's own check refuses it
    with pytest.raises(DatabaseError), transaction.atomic():
        save_batch([good, bad], [], now=NOW)
    assert not Node.objects.exists()
    assert not Resource.objects.exists()
    assert save_batch([good], [], now=NOW).runs == (Fate.NEW,)
    assert (Run.objects.count(), ResourceSet.objects.count(), Resource.objects.count()) == (1, 1, 3)


def test_an_explanation_too_few_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="longer"):
        save_batch([replace(arrive(tell_corrected()), explanations=[NOT_EXPLAINED] * 2)], [], now=NOW)


def test_a_change_that_nobody_explained_yet_is_unknown_and_counted_so() -> None:
    save_batch([replace(arrive(tell_corrected()), explanations=())], [], now=NOW)
    change, run = Change.objects.get(), Run.objects.get()
    assert (change.cause, change.cause_source, change.reason) == (Cause.UNKNOWN, None, "")
    assert (run.unknown, run.corrective) == (1, 0)


def test_nothing_to_save_is_nothing_done() -> None:
    saved = save_batch([], [], now=NOW)
    assert (saved.runs, saved.inventories) == ((), ())


def test_an_unchanged_batch_takes_few_statements() -> None:
    save(tell_run("before"))
    with connection.execute_wrapper(counter := _Counter()):
        save(*(tell_run(f"run {number}", node=f"web{number % 50}") for number in range(200)))
    assert counter.seen <= 12


def test_ids_are_the_same_on_every_machine() -> None:
    assert node_id("main", "web1") == -6711803480859624299
    assert resource_id("File", "/etc/motd") == 5596182381900852138
