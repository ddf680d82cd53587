"""What explaining writes, and what it has counted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from reports.drift.explaining import save_and_explain
from reports.drift.history import ChangeKey, History
from reports.run import Cause, CauseSource, Explanation, Outcome, Run, Status
from reports.store.ids import node_id
from reports.store.tables import Change, Node, StaleDay, StaleHour
from reports.store.tables import Run as RunRow
from tests.store.telling import NOW, arrive, run_id, tell_change, tell_corrected, tell_run

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATE_WORD = "\N{RIGHT-TO-LEFT OVERRIDE}\0 later"


class Notes:
    """Rules that answer one thing for everything, and keep what they were shown."""

    def __init__(self, cause: Cause = Cause.CORRECTIVE, reason: str = "because") -> None:
        self.answer = Explanation(cause, CauseSource.INFERRED if cause else None, reason)
        self.shown: list[History] = []

    def __call__(self, history: History) -> Mapping[ChangeKey, Explanation]:
        self.shown.append(history)
        return {change.key: self.answer for changes in history.changes.values() for change in changes}


def save(*runs: Run, rules: Any, now: datetime = NOW) -> None:  # noqa: ANN401
    save_and_explain([replace(arrive(run), explanations=()) for run in runs], [], now=now, rules=rules)


def outcome_of(word: str) -> Outcome:
    return Outcome(RunRow.objects.get(id=run_id(word)).outcome or 0)


@pytest.mark.parametrize(
    ("told", "cause", "stored"),
    [
        (Outcome.CHANGED, Cause.CORRECTIVE, Outcome.CORRECTED),
        (Outcome.CORRECTED, Cause.INTENDED, Outcome.CHANGED),
        (Outcome.CORRECTED, Cause.CORRECTIVE, Outcome.CORRECTED),
        (Outcome.FAILED, Cause.CORRECTIVE, Outcome.FAILED),
        (Outcome.STALE_CATALOG, Cause.CORRECTIVE, Outcome.STALE_CATALOG),
        (Outcome.PENDING, Cause.CORRECTIVE, Outcome.PENDING),
    ],
)
def test_whether_a_run_corrected_follows_from_its_causes(told: Outcome, cause: Cause, stored: Outcome) -> None:
    save(tell_corrected(outcome=told), rules=Notes(cause))
    assert outcome_of("run") is stored


def test_only_what_succeeded_is_counted_and_makes_a_run_a_correction() -> None:
    changes = (tell_change("/a", status=Status.FAILED), tell_change("/b", status=Status.PENDING))
    save(tell_corrected(resources=changes), rules=Notes())
    run = RunRow.objects.get()
    assert (run.corrective, run.unknown, run.outcome) == (0, 0, Outcome.CHANGED)
    assert {*Change.objects.values_list("cause", flat=True)} == {Cause.CORRECTIVE}


def test_a_run_without_changes_keeps_its_word_and_counts_nothing() -> None:
    save(tell_run(outcome=Outcome.CHANGED), rules=Notes())
    assert (RunRow.objects.get().corrective, outcome_of("run")) == (None, Outcome.CHANGED)


def test_a_run_explained_otherwise_has_its_day_and_hour_counted_again() -> None:
    save(tell_corrected("one", at=NOW - DAY), rules=Notes())
    StaleDay.objects.all().delete()
    StaleHour.objects.all().delete()
    save(tell_corrected("two"), rules=Notes(Cause.INTENDED))
    assert {*StaleDay.objects.values_list("day", flat=True)} == {(NOW - DAY).date(), NOW.date()}
    assert {*StaleHour.objects.values_list("hour", flat=True)} == {NOW - DAY, NOW}


def test_a_run_explained_as_before_is_not_counted_again() -> None:
    save(tell_corrected("one", at=NOW - DAY), rules=Notes())
    StaleDay.objects.all().delete()
    save(tell_corrected("two"), rules=Notes())
    assert StaleDay.objects.get().day == NOW.date()


def test_an_unchanged_run_has_nothing_explained() -> None:
    notes = Notes()
    save(tell_corrected("one", at=NOW - DAY), rules=notes)
    notes.shown.clear()
    save(tell_run("two"), rules=notes)
    assert notes.shown == []


def test_the_rules_never_see_their_own_verdict() -> None:
    """CORRECTED follows from causes; a rule that looked at it would depend on when it is asked."""
    notes = Notes()
    save(tell_corrected("one", at=NOW - DAY), rules=notes)
    save(tell_corrected("two"), rules=notes)
    assert {run.outcome for history in notes.shown for run in history.runs} == {Outcome.CHANGED}


def test_a_node_known_for_longer_than_facts_are_kept_is_never_seen_whole() -> None:
    notes = Notes()
    save(tell_corrected("one"), rules=notes)
    Node.objects.update(first_seen_at=NOW - timedelta(days=settings.FLEETVIEW_RETENTION_DAYS + 1))
    save(tell_corrected("two"), rules=notes)
    assert [history.is_whole for history in notes.shown] == [True, False]


def test_each_tool_is_shown_its_own_runs_alone() -> None:
    notes = Notes()
    save(tell_corrected("one"), tell_corrected("two", tool="two"), rules=notes)
    assert sorted([run.tool for run in history.runs] for history in notes.shown) == [["one"], ["two"]]


def test_values_beyond_reason_are_compared_by_a_hash() -> None:
    long, other = "x" * 5000, "x" * 4999 + "y"
    notes = Notes()
    changes = (tell_change("/a", old=long, new=other), tell_change("/b", old=long, new="short"))
    save(tell_corrected(resources=changes), rules=notes)
    (history,) = notes.shown
    one, two = history.changes[run_id("run")]
    assert one.old == two.old != one.new
    assert len(one.old or "") < 1100
    assert two.new == "short"


def test_a_reason_may_hold_anything() -> None:
    save(tell_corrected(), rules=Notes(reason=LATE_WORD * 1000))
    assert "\N{SYMBOL FOR NULL}" in Change.objects.get().reason


def test_two_runs_that_began_at_the_same_moment_are_told_apart() -> None:
    notes = Notes()
    save(tell_corrected("one"), tell_corrected("two"), rules=notes)
    (history,) = notes.shown
    assert [run.run_id for run in history.runs] == sorted([run_id("one"), run_id("two")])
    assert {run: len(changes) for run, changes in history.changes.items()} == {run_id("one"): 1, run_id("two"): 1}


def test_nodes_are_explained_apart() -> None:
    notes = Notes()
    save(tell_corrected("one"), tell_corrected("two", "web2"), rules=notes)
    assert {history.node_id for history in notes.shown} == {node_id("main", "web1"), node_id("main", "web2")}


def test_years_of_a_node_are_read_in_parts() -> None:
    """Many nodes touched long ago are not all held at once, and none is left out."""
    notes = Notes()
    runs = [tell_corrected(f"{n}", f"web{n}", at=datetime(2026, 9, 1, tzinfo=UTC)) for n in range(12)]
    save(*runs, rules=notes)
    assert len({history.node_id for history in notes.shown}) == 12
