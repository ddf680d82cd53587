"""The tool's own word about a change, kept as said."""

from __future__ import annotations

import pytest

from reports.drift.said import explain
from reports.run import Cause, CauseSource, Status
from tests.store.telling import tell_change, tell_corrected


@pytest.mark.parametrize("status", [Status.SUCCESS, Status.FAILED, Status.PENDING, Status.SKIPPED])
@pytest.mark.parametrize(
    ("said", "cause", "source"),
    [
        (True, Cause.CORRECTIVE, CauseSource.TOOL),
        (False, Cause.INTENDED, CauseSource.TOOL),
        (None, Cause.UNKNOWN, None),
    ],
)
def test_the_flag_is_kept_as_said_whatever_became_of_the_change(
    status: Status, *, said: bool | None, cause: Cause, source: CauseSource | None
) -> None:
    (explanation,) = explain(tell_corrected(resources=(tell_change(corrective=said, status=status),)))
    assert (explanation.cause, explanation.source) == (cause, source)
    assert explanation.reason.endswith(".")


@pytest.mark.parametrize("said", [True, False, None])
def test_a_refresh_is_triggered_whatever_else_is_said(*, said: bool | None) -> None:
    (explanation,) = explain(tell_corrected(resources=(tell_change(corrective=said, triggered=True),)))
    assert (explanation.cause, explanation.source) == (Cause.TRIGGERED, CauseSource.TOOL)


def test_there_is_one_explanation_for_each_change_in_the_order_of_the_run() -> None:
    run = tell_corrected(resources=(tell_change("/a"), tell_change("/b", corrective=False), tell_change("/c")))
    assert [one.cause for one in explain(run)] == [Cause.CORRECTIVE, Cause.INTENDED, Cause.CORRECTIVE]


def test_a_run_without_changes_needs_no_explanation() -> None:
    assert explain(tell_corrected(resources=())) == ()
