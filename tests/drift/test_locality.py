"""The rules hold on any history at all, and see no more of it than history.py allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.drift.causes import explain
from reports.drift.history import EARLIER_CHANGES, LOOK_AHEAD, LOOK_BACK, ChangeKey, History, Life, PastChange
from reports.run import Cause, Outcome
from tests.drift.chance import tell_tale
from tests.drift.telling import NOON, Tale

TALES = st.integers(0, 100_000).map(tell_tale)


def cut(tale: Tale, index: int) -> History:
    """No more than what one run may be explained from."""
    first = max(0, index - LOOK_BACK)
    runs = tale.runs[first : index + 1 + LOOK_AHEAD]
    changes = {run.run_id: tale.changes[run.run_id] for run in runs if run.run_id in tale.changes}
    shown = {one.resource_id for made in changes.values() for one in made}
    older = [one for run in tale.runs[:first] for one in tale.changes.get(run.run_id, ())][::-1]
    return replace(
        tale.history(),
        runs=runs,
        changes=changes,
        known_before=index - first,
        is_whole=not first,
        earlier={resource: _of(resource, older)[:EARLIER_CHANGES] for resource in shown},
        resource_sets={number: listing & shown for number, listing in tale.resource_sets.items()},
    )


def _of(resource: int, changes: Sequence[PastChange]) -> list[PastChange]:
    return [one for one in changes if one.resource_id == resource]


@settings(deadline=None, max_examples=100)
@given(tale=TALES)
def test_every_change_has_one_explanation_with_a_reason(tale: Tale) -> None:
    explained = explain(tale.history())
    assert set(explained) == {one.key for made in tale.changes.values() for one in made}
    for explanation in explained.values():
        assert explanation.reason.endswith(".")
        assert (explanation.source is None) is (explanation.cause is Cause.UNKNOWN)


@settings(deadline=None, max_examples=200)
@given(tale=TALES)
@example(tale=tell_tale(13424))  # a chain of changes, of which an earlier link asks what was set before
def test_a_run_is_explained_alike_from_the_part_that_it_may_be_explained_from(tale: Tale) -> None:
    whole = explain(tale.history())
    for index, run in enumerate(tale.runs):
        if run.run_id in tale.changes:
            part = explain(cut(tale, index))
            keys = [one.key for one in tale.changes[run.run_id]]
            assert [part[key] for key in keys] == [whole[key] for key in keys]


@settings(deadline=None, max_examples=50)
@given(tale=TALES, outcome=st.sampled_from([Outcome.UNCHANGED, Outcome.FAILED, None]))
def test_a_new_run_without_changes_alters_no_cause(tale: Tale, outcome: Outcome | None) -> None:
    before = explain(tale.history())
    assert explain(tale.run(in_sync=dict.fromkeys("abc"), outcome=outcome).history()) == before


@settings(deadline=None, max_examples=50)
@given(tale=TALES, other=TALES)
def test_another_tool_on_the_node_alters_no_cause(tale: Tale, other: Tale) -> None:
    before = explain(tale.history())
    for number, run in enumerate(other.runs):
        run_id = UUID(int=1000 + number)
        tale.runs.append(run._replace(run_id=run_id, tool="two", resource_set_id=None, declared_set_id=None))
        changes = other.changes.get(run.run_id, ())
        if changes:
            tale.changes[run_id] = [one._replace(key=ChangeKey(run_id, one.key.ordinal)) for one in changes]
    tale.runs.sort(key=lambda run: (run.at, run.run_id))
    tale.lives = sorted([*tale.lives, Life(NOON + timedelta(minutes=35), 9, "two")])
    after = explain(tale.history())
    assert {key: after[key] for key in before} == before
